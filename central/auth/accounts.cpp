#include "central/auth/accounts.h"

#include "shared/base/clock.h"
#include "shared/base/uuid.h"
#include "shared/domain/date.h"

namespace portico::central {

namespace {

constexpr std::size_t user_handle_bytes = 32;

constexpr std::string_view account_columns =
    "SELECT account, patient, staff, own_patient, name_sealed, user_handle, created_us, opened_us,"
    " disabled_us, roles FROM auth_account ";

std::string name_place(AccountId const& account) {
    return "auth_account.name " + account.text();
}

Result<bool> exists(storage::Database& database, std::string_view sql, std::string_view key) {
    auto query = TRY(database.prepare(sql));
    query.bind(1, key);
    return query.step();
}

} // namespace

Bytes seal_text(Vault const& vault, std::string_view place, std::string_view text) {
    return crypto::seal_record(vault.records, place, as_bytes(text));
}

Result<std::string> open_text(Vault const& vault, std::string_view place, ByteView sealed) {
    if (sealed.empty())
        return std::string();
    auto plain = TRY(crypto::open_record(vault.records, place, sealed));
    std::string text(as_text(plain));
    wipe(plain.data(), plain.size());
    return text;
}

std::string day_text(std::int64_t time_us) {
    return time_us == 0 ? std::string() : date_from_day_number(time_us / day_us).text();
}

Result<Account> Accounts::read(storage::Statement const& query) const {
    Account account;
    account.id = AccountId(query.text(0));
    account.patient = PatientId(query.text(1));
    account.staff = StaffId(query.text(2));
    account.own_patient = PatientId(query.text(3));
    account.name = TRY(open_text(vault_, name_place(account.id), query.blob(4)));
    account.user_handle = query.blob(5);
    account.created_us = query.integer(6);
    account.opened = !query.is_null(7);
    account.disabled = !query.is_null(8);
    account.roles = staff_roles_in(query.text(9));
    return account;
}

Result<std::optional<Account>> Accounts::find_where(storage::Database& database, std::string_view where,
                                                    std::string_view key) const {
    auto query = TRY(database.prepare(std::string(account_columns) + std::string(where)));
    query.bind(1, key);
    if (!TRY(query.step()))
        return std::optional<Account>();
    return std::optional(TRY(read(query)));
}

Result<void> Accounts::insert(storage::Database& database, Account const& account) const {
    auto const optional_text = [](std::string const& text) {
        return text.empty() ? std::optional<std::string>() : std::optional(text);
    };
    auto statement = TRY(database.prepare("INSERT INTO auth_account (account, patient, staff, own_patient, "
                                          "name_sealed, user_handle, created_us, roles)"
                                          " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"));
    statement.bind(1, account.id.text()).bind(2, optional_text(account.patient.text()));
    statement.bind(3, optional_text(account.staff.text()));
    statement.bind(4, optional_text(account.own_patient.text()));
    if (account.name.empty())
        statement.bind_null(5);
    else
        statement.bind(5, seal_text(vault_, name_place(account.id), account.name));
    statement.bind(6, account.user_handle).bind(7, account.created_us);
    return statement.bind(8, text_of(account.roles)).run();
}

Result<Account> Accounts::create_member(storage::Database& database, PatientId const& patient) const {
    Account account;
    account.id = AccountId(make_uuid_v7(clock_));
    account.patient = patient;
    account.user_handle = random_bytes(user_handle_bytes);
    account.created_us = to_micros(clock_.now());
    TRY(insert(database, account));
    return account;
}

Result<Account> Accounts::create_staff(storage::Database& database, std::string_view name,
                                       std::vector<StaffRole> const& roles,
                                       PatientId const& own_patient) const {
    Account account;
    account.id = AccountId(make_uuid_v7(clock_));
    account.staff = StaffId(make_uuid_v7(clock_));
    account.own_patient = own_patient;
    account.name = std::string(name);
    account.roles = roles;
    account.user_handle = random_bytes(user_handle_bytes);
    account.created_us = to_micros(clock_.now());
    TRY(insert(database, account));
    return account;
}

Result<void> Accounts::set_roles(storage::Database& database, AccountId const& account,
                                 std::vector<StaffRole> const& roles) const {
    auto update = TRY(database.prepare("UPDATE auth_account SET roles = $1 WHERE account = $2"));
    return update.bind(1, text_of(roles)).bind(2, account.text()).run();
}

Result<std::optional<Account>> Accounts::find(storage::Database& database, AccountId const& account) const {
    return find_where(database, "WHERE account = $1", account.text());
}
Result<std::optional<Account>> Accounts::of_patient(storage::Database& database,
                                                    PatientId const& patient) const {
    return find_where(database, "WHERE patient = $1", patient.text());
}
Result<std::optional<Account>> Accounts::of_staff(storage::Database& database, StaffId const& staff) const {
    return find_where(database, "WHERE staff = $1", staff.text());
}

Result<std::optional<Account>> Accounts::of_username(storage::Database& database,
                                                     std::string_view username) const {
    auto query = TRY(database.prepare("SELECT account FROM auth_username WHERE username_hash = $1"));
    query.bind(1, crypto::keyed_hash(vault_.index, "username " + std::string(username)));
    // Looked for also when nobody has the name: the time it takes must not tell.
    bool const known = TRY(query.step());
    return find(database, known ? AccountId(query.text(0)) : AccountId());
}

Result<std::vector<Account>> Accounts::all(storage::Database& database) const {
    std::vector<Account> accounts;
    auto query = TRY(database.prepare(std::string(account_columns) + "ORDER BY account"));
    while (TRY(query.step()))
        accounts.push_back(TRY(read(query)));
    return accounts;
}

Result<void> Accounts::set_disabled(storage::Database& database, AccountId const& account,
                                    bool disabled) const {
    auto update = TRY(database.prepare("UPDATE auth_account SET disabled_us = $1 WHERE account = $2"));
    if (disabled)
        update.bind(1, to_micros(clock_.now()));
    else
        update.bind_null(1);
    return update.bind(2, account.text()).run();
}

Result<bool> Accounts::mark_opened(storage::Database& database, AccountId const& account) const {
    auto const now_us = to_micros(clock_.now());
    auto codes = TRY(
        database.prepare("UPDATE auth_activation SET spent_us = $1 WHERE account = $2 AND spent_us IS NULL"));
    TRY(codes.bind(1, now_us).bind(2, account.text()).run());
    auto update = TRY(
        database.prepare("UPDATE auth_account SET opened_us = $1 WHERE account = $2 AND opened_us IS NULL"));
    TRY(update.bind(1, now_us).bind(2, account.text()).run());
    return database.changed_rows() > 0;
}

Result<void> Accounts::set_username(storage::Database& database, AccountId const& account,
                                    std::string_view username) const {
    auto const owner = TRY(of_username(database, username));
    if (owner && owner->id != account)
        return error(ErrorKind::InvalidInput, "username_taken", "choose another username");
    TRY(remove_username(database, account));
    auto insert_row = TRY(database.prepare(
        "INSERT INTO auth_username (username_hash, account, username_sealed) VALUES ($1, $2, $3)"));
    insert_row.bind(1, crypto::keyed_hash(vault_.index, "username " + std::string(username)));
    insert_row.bind(2, account.text());
    return insert_row.bind(3, seal_text(vault_, "auth_username " + account.text(), username)).run();
}

Result<std::string> Accounts::username(storage::Database& database, AccountId const& account) const {
    auto query = TRY(database.prepare("SELECT username_sealed FROM auth_username WHERE account = $1"));
    query.bind(1, account.text());
    if (!TRY(query.step()))
        return std::string();
    return open_text(vault_, "auth_username " + account.text(), query.blob(0));
}

Result<void> Accounts::remove_username(storage::Database& database, AccountId const& account) const {
    auto remove = TRY(database.prepare("DELETE FROM auth_username WHERE account = $1"));
    return remove.bind(1, account.text()).run();
}

std::string Accounts::nobody_named(std::string_view username) const {
    return "name:" + to_hex(crypto::keyed_hash(vault_.index, "nobody " + std::string(username)));
}

Result<std::vector<std::string>> Accounts::factors(storage::Database& database,
                                                   Account const& account) const {
    std::vector<std::string> has;
    if (TRY(exists(database, "SELECT 1 FROM auth_security_key WHERE account = $1", account.id.text())))
        has.emplace_back("security_key");
    auto secrets = TRY(database.prepare("SELECT kind FROM auth_secret WHERE account = $1 ORDER BY kind"));
    secrets.bind(1, account.id.text());
    while (TRY(secrets.step()))
        if (auto kind = secrets.text(0); kind != kind_totp_pending)
            has.push_back(std::move(kind));
    if (account.patient.empty())
        return has;
    if (TRY(exists(database,
                   "SELECT 1 FROM auth_chip_card WHERE patient = $1 AND activated_us IS NOT NULL"
                   " AND removed_us IS NULL AND revoked_us IS NULL",
                   account.patient.text())))
        has.emplace_back("chip_card");
    if (TRY(exists(database, "SELECT 1 FROM auth_printed_card WHERE patient = $1 AND removed_us IS NULL",
                   account.patient.text())))
        has.emplace_back("printed_card");
    return has;
}

} // namespace portico::central
