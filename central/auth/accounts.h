#pragma once

#include "central/store/vault.h"
#include "shared/base/clock.h"
#include "shared/base/ids.h"
#include "shared/base/result.h"
#include "shared/base/secret.h"
#include "shared/domain/staff_role.h"
#include "shared/storage/database.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portico::central {

/// Somebody who may sign in: a member or a staff member.
struct Account {
    AccountId id;
    PatientId patient;            ///< empty for staff
    StaffId staff;                ///< empty for members
    PatientId own_patient;        ///< staff who are members of the plan too: they may not confirm themselves
    std::string name;             ///< staff
    std::vector<StaffRole> roles; ///< staff; none: may do nothing
    Bytes user_handle;            ///< 32 random bytes; WebAuthn's user id
    std::int64_t created_us = 0;
    bool opened = false; ///< has had a way to sign in
    bool disabled = false;
    /// Who data of this account is about, for the audit.
    std::string const& subject() const { return staff.empty() ? patient.text() : staff.text(); }
};

/// Secrets by kind; a password and a PIN are kept as Argon2id text, TOTP's as it is, all sealed.
inline constexpr std::string_view kind_password = "password";
inline constexpr std::string_view kind_pin = "pin";
inline constexpr std::string_view kind_totp = "totp";
inline constexpr std::string_view kind_totp_pending = "totp_pending";
struct KeptSecret {
    Secret value;
    std::int64_t added_us = 0;
    std::int64_t last_used_us = 0;
    std::int64_t last_step = 0; ///< TOTP: the newest time step that was used
};

/// Rows of accounts, usernames and secrets. Each call runs on the connection it is given, so that callers
/// choose the transaction. Errors of all: those of the store; Corrupt "record_seal_broken".
class Accounts {
public:
    Accounts(Vault const& vault, Clock const& clock) : vault_(vault), clock_(clock) {}

    Result<Account> create_member(storage::Database& database, PatientId const& patient) const;
    Result<Account> create_staff(storage::Database& database, std::string_view name,
                                 std::vector<StaffRole> const& roles, PatientId const& own_patient) const;
    /// In force with the next call of any session.
    Result<void> set_roles(storage::Database& database, AccountId const& account,
                           std::vector<StaffRole> const& roles) const;
    Result<std::optional<Account>> find(storage::Database& database, AccountId const& account) const;
    Result<std::optional<Account>> of_patient(storage::Database& database, PatientId const& patient) const;
    Result<std::optional<Account>> of_staff(storage::Database& database, StaffId const& staff) const;
    Result<std::optional<Account>> of_username(storage::Database& database, std::string_view username) const;
    Result<std::vector<Account>> all(storage::Database& database) const;
    Result<void> set_disabled(storage::Database& database, AccountId const& account, bool disabled) const;
    /// The account has a way to sign in now; its activation codes are spent. True the first time.
    Result<bool> mark_opened(storage::Database& database, AccountId const& account) const;

    /// Errors: InvalidInput "username_taken".
    Result<void> set_username(storage::Database& database, AccountId const& account,
                              std::string_view username) const;
    Result<std::string> username(storage::Database& database, AccountId const& account) const;
    Result<void> remove_username(storage::Database& database, AccountId const& account) const;
    /// What a guess at a name counts against when nobody has it.
    std::string nobody_named(std::string_view username) const;

    Result<std::optional<KeptSecret>> secret(storage::Database& database, AccountId const& account,
                                             std::string_view kind) const;
    Result<void> put_secret(storage::Database& database, AccountId const& account, std::string_view kind,
                            Secret const& value) const;
    Result<void> secret_used(storage::Database& database, AccountId const& account,
                             std::string_view kind) const;
    /// Uses up a TOTP time step. False when this or a later one was used already.
    Result<bool> use_totp_step(storage::Database& database, AccountId const& account, std::string_view kind,
                               std::int64_t step) const;
    /// True when there was one.
    Result<bool> remove_secret(storage::Database& database, AccountId const& account,
                               std::string_view kind) const;

    /// "security_key", "chip_card", "printed_card", "password", "pin", "totp": what the account has.
    Result<std::vector<std::string>> factors(storage::Database& database, Account const& account) const;

private:
    Result<std::optional<Account>> find_where(storage::Database& database, std::string_view where,
                                              std::string_view key) const;
    Result<Account> read(storage::Statement const& query) const;
    Result<void> insert(storage::Database& database, Account const& account) const;

    Vault const& vault_;
    Clock const& clock_;
};

/// Free text sealed to its place.
Bytes seal_text(Vault const& vault, std::string_view place, std::string_view text);
Result<std::string> open_text(Vault const& vault, std::string_view place, ByteView sealed);

/// "2026-11-21"; empty for 0.
std::string day_text(std::int64_t time_us);

} // namespace portico::central
