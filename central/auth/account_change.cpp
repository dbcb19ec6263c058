#include "central/auth/account_change.h"

#include "central/recovery/recovery_session.h"

namespace portico::central {

Result<void> change_account(Call& call, AccountChange const& wanted) {
    auto& parts = sign_in_parts(call);
    auto const session = TRY(require_account_rights(call));
    Accounts const accounts(parts.vault, parts.clock);
    return parts.store.write([&](storage::Database& database) -> Result<void> {
        auto const account = TRY(accounts.find(database, session.account));
        if (!account || account->disabled)
            return error(ErrorKind::Refused, "account_disabled");
        call.audit_subject = account->subject();
        if (wanted.who == Changes::MembersOnly && !account->staff.empty())
            return error(ErrorKind::Refused, "staff_keys_only", "staff sign in with security keys only");
        auto recovery = TRY(before_recovered(call, database, *account, wanted.message_id));
        TRY(wanted.change(database, *account));
        if (recovery)
            TRY(after_recovered(call, database, *account, *recovery));
        bool const first = wanted.opens && TRY(accounts.mark_opened(database, account->id));
        if (!parts.hooks.tell || account->patient.empty())
            return ok();
        if (first)
            TRY(parts.hooks.tell(database, account->patient, "account_opened"));
        if (!wanted.message_id.empty())
            TRY(parts.hooks.tell(database, account->patient, wanted.message_id));
        return ok();
    });
}

} // namespace portico::central
