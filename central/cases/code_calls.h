#pragma once

#include "central/cases/verify_ways.h"
#include "central/http/call.h"
#include "shared/api/caller_code.h"

/// Handlers of verifying a caller by a one-time code. Errors: shared/api/caller_code.h.
namespace portico::central {

/// A way that adds something and that nothing hinders now. Errors: those of shared/api/caller_code.h.
Result<WayOfCase> way_to_ask(Call const& call, storage::Database& database, CaseMemberRecord const& about,
                             std::string_view way);

// At a desk.
Result<api::VerifyWays> verify_ways(Call& call, api::VerifyWaysQuery const& query);
Result<api::CodeSent> send_code(Call& call, api::SendCode const& request);

// At the desk's telephone.
Result<api::KeyedOutcome> take_keyed(Call& call, api::KeyedDigits const& request);

} // namespace portico::central
