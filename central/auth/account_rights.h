#pragma once

#include "central/auth/accounts.h"
#include "central/http/call.h"
#include "shared/base/result.h"

namespace portico::central {

/// May this session change credentials? It came from an activation code or staff, or has two factors.
/// Errors: Unauthenticated "session_needed"; StepUpNeeded "step_up_needed".
Result<Session> require_account_rights(Call const& call);

} // namespace portico::central
