#pragma once

#include "central/auth/accounts.h"
#include "central/cases/account_state.h"
#include "central/cases/case_of_call.h"
#include "central/cases/unlock_calls.h"
#include "central/services.h"
#include "shared/base/rfc3339.h"

namespace portico::central {

/// Nobody says yes to it any more.
inline Error approval_expired() {
    return error(ErrorKind::Conflict, "approval_expired",
                 "this was asked too long ago: whoever is with the caller asks again");
}

/// What an approver reads of what waits for their yes: an unlock (UnlockRow), or a way back to an account
/// (RecoveryRow). Errors: Conflict "approval_expired", "case_closed".
template <class Row>
Result<api::AskedUnlock> asked_by_case(Call& call, storage::Database& database, QueueEntry const& entry,
                                       Row const& row) {
    call.audit_operation = row.id;
    if (row.state == "expired")
        return approval_expired();
    auto const& services = call.services;
    auto const file = TRY(case_book(call).open_case(database, row.case_id));
    audit_case(call, file);
    auto found = TRY(account_state(database, services.vault, services.clock, file.patient));
    auto const by = TRY(Accounts(services.vault, services.clock).of_staff(database, row.staff));
    api::AskedUnlock asked;
    asked.entry = entry.id;
    asked.asked_by_name = by ? by->name : std::string();
    asked.at = to_rfc3339(from_micros(row.asked_us));
    asked.expires = to_rfc3339(from_micros(row.expires_us));
    asked.reason = row.reason;
    asked.second_yes = row.second_yes;
    asked.verified_way = row.verified_way;
    asked.verified_at = to_rfc3339(from_micros(row.verified_us));
    asked.wrong_sign_ins = TRY(wrong_sign_ins(call, database, found.account));
    asked.account = std::move(found.state);
    return asked;
}

} // namespace portico::central
