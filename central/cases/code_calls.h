#pragma once

#include "central/http/call.h"
#include "shared/api/caller_code.h"

/// Handlers of verifying a caller by a one-time code. Errors: shared/api/caller_code.h.
namespace portico::central {

// At a desk.
Result<api::VerifyWays> verify_ways(Call& call, api::VerifyWaysQuery const& query);
Result<api::CodeSent> send_code(Call& call, api::SendCode const& request);

// At the desk's telephone.
Result<api::KeyedOutcome> take_keyed(Call& call, api::KeyedDigits const& request);

} // namespace portico::central
