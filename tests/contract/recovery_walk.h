#pragma once

#include "tests/contract/api_bench.h"
#include "tests/support/webauthn_key.h"

#include <string>

/// A way back to the member's account, from the desk to the kiosk. Each begins and ends at the desk, with its
/// rep signed in.
namespace portico::test {

/// The rep begins a way back for this caller; at the kiosk the member shows a code and their key, and changes
/// nothing. Then the member stops it, and the rep another.
void walk_recovery(ApiBench& api, std::string const& case_id, BenchTerminal const& kiosk,
                   WebauthnKey& member_key, std::string const& birth_date);

/// A lost card goes with nothing new in its place. The account was unlocked just before: a colleague says
/// yes.
void walk_lost_card(ApiBench& api, std::string const& case_id, BenchTerminal const& kiosk,
                    WebauthnKey& member_key, std::string const& birth_date, std::string const& of_approver);

} // namespace portico::test
