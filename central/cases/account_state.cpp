#include "central/cases/account_state.h"

#include "central/auth/attempts.h"
#include "shared/domain/lockout.h"

namespace portico::central {

Result<AccountState> account_state(storage::Database& database, Vault const& vault, Clock const& clock,
                                   PatientId const& patient) {
    AccountState found;
    found.account = TRY(Accounts(vault, clock).of_patient(database, patient));
    auto const& account = found.account;
    found.state = !account            ? "none"
                  : account->disabled ? "disabled"
                  : account->opened   ? "open"
                                      : "not_opened";
    if (found.state == "disabled")
        found.why = "by_operator";
    if (found.state != "open")
        return found;
    auto const counted = TRY(lockout_state(database, account->id.text()));
    auto const allowed = may_try(LockoutPolicy{}, counted, clock.now());
    if (allowed.has_error()) {
        found.state = allowed.error().retry_after_s > 0 ? "waiting" : "locked";
        found.why = "wrong_sign_ins";
    }
    return found;
}

} // namespace portico::central
