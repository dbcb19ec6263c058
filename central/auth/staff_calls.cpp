#include "central/auth/staff_calls.h"

#include "central/auth/accounts.h"
#include "central/auth/staff_rights.h"
#include "central/services.h"

namespace portico::central {

Result<api::StaffMe> staff_me(Call& call, api::Empty const&) {
    auto const& session = *call.caller.session;
    call.audit_subject = session.staff.text();
    Accounts const accounts(call.services.vault, call.services.clock);
    auto const account = TRY(call.services.store.read<std::optional<Account>>(
        [&](storage::Database& database) { return accounts.find(database, session.account); }));
    if (!account)
        return error(ErrorKind::Unauthenticated, "session_needed", "sign in first");
    api::StaffMe me;
    me.staff = session.staff.text();
    me.name = account->name;
    for (auto const role : session.roles)
        me.roles.emplace_back(name(role));
    for (auto const right : rights_of(session.roles))
        me.rights.emplace_back(right);
    return me;
}

} // namespace portico::central
