#include "central/auth/account_unlock.h"

#include "central/auth/attempts.h"

namespace portico::central {

namespace {

struct Waiting {
    TerminalId terminal;
    std::string ticket;
};

/// The screens that wait for this account, once.
Result<std::vector<Waiting>> take_tickets(storage::Database& database, AccountId const& account,
                                          UtcTime now) {
    std::vector<Waiting> waiting;
    auto query = TRY(database.prepare(
        "SELECT terminal, ticket FROM auth_lock_ticket WHERE subject = $1 AND expires_us > $2"));
    query.bind(1, account.text()).bind(2, to_micros(now));
    while (TRY(query.step()))
        waiting.push_back({TerminalId(query.text(0)), query.text(1)});
    query.reset();
    auto remove = TRY(database.prepare("DELETE FROM auth_lock_ticket WHERE subject = $1"));
    TRY(remove.bind(1, account.text()).run());
    return waiting;
}

} // namespace

Result<bool> unlock_account(storage::Database& database, SignInService::Parts& parts,
                            Account const& account) {
    auto const now = parts.clock.now();
    bool const counted = TRY(clear_lockout(database, account.id.text(), now));
    for (auto const& screen : TRY(take_tickets(database, account.id, now)))
        if (parts.hooks.unlocked)
            TRY(parts.hooks.unlocked(database, screen.terminal, screen.ticket));
    if (counted && parts.hooks.tell && !account.patient.empty())
        TRY(parts.hooks.tell(database, account.patient, "account_unlocked"));
    return counted;
}

Result<std::vector<TerminalId>> terminals_in_use(storage::Database& database, AccountId const& account,
                                                 UtcTime now) {
    std::vector<TerminalId> terminals;
    auto query = TRY(database.prepare("SELECT DISTINCT terminal FROM auth_session"
                                      " WHERE account = $1 AND expires_us > $2 AND ended_us IS NULL"));
    query.bind(1, account.text()).bind(2, to_micros(now));
    while (TRY(query.step()))
        terminals.emplace_back(query.text(0));
    return terminals;
}

} // namespace portico::central
