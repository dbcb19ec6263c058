#pragma once

#include "tests/contract/api_bench.h"
#include "tests/support/webauthn_key.h"

namespace portico::test {

/// Every call of a desk and its telephone: a phone rep, from the code of their letter to the last entry of
/// the queue, with the calls of a member at the kiosk that belong to it. Begins and ends with `api` at that
/// kiosk and nobody signed in.
void walk_desk(ApiBench& api, PatientId const& patient, WebauthnKey& member_key);

} // namespace portico::test
