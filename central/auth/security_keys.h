#pragma once

#include "central/auth/webauthn/assertion.h"
#include "central/auth/webauthn/attestation.h"
#include "central/store/vault.h"
#include "shared/base/clock.h"
#include "shared/base/ids.h"
#include "shared/base/result.h"
#include "shared/storage/database.h"

#include <optional>
#include <string>
#include <vector>

/// Rows of registered security keys.
namespace portico::central {

inline constexpr std::int64_t security_keys_per_account_max = 10;

struct SecurityKeyRow {
    std::string id;
    AccountId account;
    Bytes credential_id;
    Bytes cose_key;
    std::uint32_t sign_count = 0;
    bool backup_eligible = false;
    std::string label;
    std::int64_t added_us = 0;
    std::int64_t last_used_us = 0;
};

/// Errors: Conflict "key_registered_already" (by anyone: WebAuthn section 7.1 step 22); Refused
/// "keys_too_many".
Result<void> add_security_key_row(storage::Database& database, Vault const& vault, Clock const& clock,
                                  AccountId const& account, NewCredential const& made,
                                  std::string_view label);
Result<std::optional<SecurityKeyRow>> find_security_key(storage::Database& database, Vault const& vault,
                                                        ByteView credential_id);
Result<std::vector<SecurityKeyRow>> security_keys_of(storage::Database& database, Vault const& vault,
                                                     AccountId const& account);
/// Keeps the new count where it still rises. False when another answer was faster: then this one counts as a
/// rollback.
Result<bool> security_key_used(storage::Database& database, Clock const& clock, SecurityKeyRow const& key,
                               AssertionFacts const& facts);
/// True when there was one.
Result<bool> remove_security_key(storage::Database& database, AccountId const& account,
                                 std::string const& id);

} // namespace portico::central
