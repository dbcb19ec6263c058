#include "central/auth/account_rights.h"

namespace portico::central {

Result<Session> require_account_rights(Call const& call) {
    auto const& session = call.caller.session;
    if (!session || session->account.empty())
        return error(ErrorKind::Unauthenticated, "session_needed", "sign in first");
    if (!session->may_only_register && session->assurance < Assurance::TwoFactors)
        return error(ErrorKind::StepUpNeeded, "step_up_needed",
                     "changing how you sign in needs two factors, an activation code, or staff");
    return *session;
}

} // namespace portico::central
