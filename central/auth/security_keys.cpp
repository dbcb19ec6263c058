#include "central/auth/security_keys.h"

#include "central/auth/accounts.h"
#include "shared/base/uuid.h"

namespace portico::central {

namespace {

std::string label_place(std::string const& id) {
    return "auth_security_key.label " + id;
}

constexpr std::string_view key_columns =
    "SELECT id, account, credential_id, cose_key, sign_count, backup_eligible, label_sealed, added_us,"
    " last_used_us FROM auth_security_key ";

Result<SecurityKeyRow> read(storage::Statement const& query, Vault const& vault) {
    SecurityKeyRow row;
    row.id = query.text(0);
    row.account = AccountId(query.text(1));
    row.credential_id = query.blob(2);
    row.cose_key = query.blob(3);
    row.sign_count = static_cast<std::uint32_t>(query.integer(4));
    row.backup_eligible = query.integer(5) != 0;
    row.label = TRY(open_text(vault, label_place(row.id), query.blob(6)));
    row.added_us = query.integer(7);
    row.last_used_us = query.integer(8);
    return row;
}

} // namespace

Result<void> add_security_key_row(storage::Database& database, Vault const& vault, Clock const& clock,
                                  AccountId const& account, NewCredential const& made,
                                  std::string_view label) {
    auto count = TRY(database.prepare("SELECT count(*) FROM auth_security_key WHERE account = $1"));
    count.bind(1, account.text());
    if (TRY(count.step()) && count.integer(0) >= security_keys_per_account_max)
        return error(ErrorKind::Refused, "keys_too_many", "remove a security key first");
    if (TRY(find_security_key(database, vault, made.id)))
        return error(ErrorKind::Conflict, "key_registered_already",
                     "this security key is registered already");
    auto const id = make_uuid_v7(clock);
    auto insert = TRY(database.prepare(
        "INSERT INTO auth_security_key (account, id, credential_hash, credential_id, cose_key, sign_count,"
        " backup_eligible, backed_up, aaguid, attestation, label_sealed, added_us)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"));
    insert.bind(1, account.text()).bind(2, id).bind(3, crypto::sha256(made.id)).bind(4, made.id);
    insert.bind(5, made.cose_key).bind(6, std::int64_t{made.sign_count});
    insert.bind(7, std::int64_t{made.backup_eligible}).bind(8, std::int64_t{made.backed_up});
    insert.bind(9, made.aaguid).bind(10, made.attestation);
    insert.bind(11, seal_text(vault, label_place(id), label));
    return insert.bind(12, to_micros(clock.now())).run();
}

Result<std::optional<SecurityKeyRow>> find_security_key(storage::Database& database, Vault const& vault,
                                                        ByteView credential_id) {
    auto query = TRY(database.prepare(std::string(key_columns) + "WHERE credential_hash = $1"));
    query.bind(1, crypto::sha256(credential_id));
    if (!TRY(query.step()))
        return std::optional<SecurityKeyRow>();
    return std::optional(TRY(read(query, vault)));
}

Result<std::vector<SecurityKeyRow>> security_keys_of(storage::Database& database, Vault const& vault,
                                                     AccountId const& account) {
    std::vector<SecurityKeyRow> rows;
    auto query = TRY(database.prepare(std::string(key_columns) + "WHERE account = $1 ORDER BY id"));
    query.bind(1, account.text());
    while (TRY(query.step()))
        rows.push_back(TRY(read(query, vault)));
    return rows;
}

Result<bool> security_key_used(storage::Database& database, Clock const& clock, SecurityKeyRow const& key,
                               AssertionFacts const& facts) {
    auto update = TRY(database.prepare(
        "UPDATE auth_security_key SET sign_count = $1, backed_up = $2, last_used_us = $3"
        " WHERE account = $4 AND id = $5 AND (sign_count < $1 OR (sign_count = 0 AND $1 = 0))"));
    update.bind(1, std::int64_t{facts.sign_count}).bind(2, std::int64_t{facts.backed_up});
    update.bind(3, to_micros(clock.now()));
    TRY(update.bind(4, key.account.text()).bind(5, key.id).run());
    return database.changed_rows() > 0;
}

Result<bool> remove_security_key(storage::Database& database, AccountId const& account,
                                 std::string const& id) {
    auto remove = TRY(database.prepare("DELETE FROM auth_security_key WHERE account = $1 AND id = $2"));
    TRY(remove.bind(1, account.text()).bind(2, id).run());
    return database.changed_rows() > 0;
}

} // namespace portico::central
