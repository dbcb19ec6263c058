#include "central/auth/accounts.h"

namespace portico::central {

namespace {

std::string secret_place(AccountId const& account, std::string_view kind) {
    return "auth_secret " + account.text() + " " + std::string(kind);
}

} // namespace

Result<std::optional<KeptSecret>> Accounts::secret(storage::Database& database, AccountId const& account,
                                                   std::string_view kind) const {
    auto query = TRY(database.prepare("SELECT sealed, added_us, last_used_us, last_step FROM auth_secret"
                                      " WHERE account = $1 AND kind = $2"));
    query.bind(1, account.text()).bind(2, kind);
    if (!TRY(query.step()))
        return std::optional<KeptSecret>();
    auto plain = TRY(crypto::open_record(vault_.records, secret_place(account, kind), query.blob(0)));
    std::optional<KeptSecret> kept(
        KeptSecret{Secret(as_text(plain)), query.integer(1), query.integer(2), query.integer(3)});
    wipe(plain.data(), plain.size());
    return kept;
}

Result<void> Accounts::put_secret(storage::Database& database, AccountId const& account,
                                  std::string_view kind, Secret const& value) const {
    auto const sealed = crypto::seal_record(vault_.records, secret_place(account, kind), value.bytes());
    auto update = TRY(database.prepare(
        "INSERT INTO auth_secret (account, kind, sealed, added_us, last_used_us, last_step)"
        " VALUES ($1, $2, $3, $4, NULL, 0) ON CONFLICT (account, kind) DO UPDATE SET"
        " sealed = excluded.sealed, added_us = excluded.added_us, last_used_us = NULL, last_step = 0"));
    update.bind(1, account.text()).bind(2, kind).bind(3, sealed);
    return update.bind(4, to_micros(clock_.now())).run();
}

Result<void> Accounts::secret_used(storage::Database& database, AccountId const& account,
                                   std::string_view kind) const {
    auto update =
        TRY(database.prepare("UPDATE auth_secret SET last_used_us = $1 WHERE account = $2 AND kind = $3"));
    return update.bind(1, to_micros(clock_.now())).bind(2, account.text()).bind(3, kind).run();
}

Result<bool> Accounts::use_totp_step(storage::Database& database, AccountId const& account,
                                     std::string_view kind, std::int64_t step) const {
    auto update = TRY(database.prepare("UPDATE auth_secret SET last_step = $1, last_used_us = $2"
                                       " WHERE account = $3 AND kind = $4 AND last_step < $1"));
    update.bind(1, step).bind(2, to_micros(clock_.now()));
    TRY(update.bind(3, account.text()).bind(4, kind).run());
    return database.changed_rows() > 0;
}

Result<bool> Accounts::remove_secret(storage::Database& database, AccountId const& account,
                                     std::string_view kind) const {
    auto remove = TRY(database.prepare("DELETE FROM auth_secret WHERE account = $1 AND kind = $2"));
    TRY(remove.bind(1, account.text()).bind(2, kind).run());
    return database.changed_rows() > 0;
}

} // namespace portico::central
