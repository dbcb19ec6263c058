#pragma once

#include "central/auth/accounts.h"
#include "shared/base/result.h"
#include "shared/base/secret.h"
#include "shared/storage/database.h"

#include <optional>

/// Activation codes: 16 letters and digits from a letter (80 bits; no I, L, O, U), typed once at a kiosk.
namespace portico::central {

inline constexpr std::int64_t activation_code_days = 30;
inline constexpr int activation_tries_max = 5;

/// Makes a code for an account that was never opened; earlier codes of it end.
Result<Secret> make_activation_code(storage::Database& database, Vault const& vault, Clock const& clock,
                                    AccountId const& account);

/// Counts a try and says whose code it is, when it may still be used. Empty: unknown, spent, expired or tried
/// too often. Case, blanks and dashes do not count; O reads as 0, I and L as 1.
Result<std::optional<AccountId>> try_activation_code(storage::Database& database, Vault const& vault,
                                                     Clock const& clock, Secret const& code);

} // namespace portico::central
