#pragma once

#include "central/http/call.h"
#include "shared/api/call_check.h"
#include "shared/api/sign_in.h"

/// Handlers of verifying a caller. Errors: shared/api/call_check.h.
namespace portico::central {

// At a desk.
Result<api::CallCheckAsked> verify_caller(Call& call, api::VerifyCaller const& request);

// In the member's own session.
Result<api::CallCheck> get_call_check(Call& call, api::Empty const& query);
Result<api::Empty> answer_call_check(Call& call, api::AnswerCallCheck const& request);

} // namespace portico::central
