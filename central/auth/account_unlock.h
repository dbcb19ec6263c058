#pragma once

#include "central/auth/accounts.h"
#include "central/auth/sign_in_service.h"

#include <vector>

namespace portico::central {

/// Puts the account's wrong tries back to none, inside the caller's write transaction: the screens that wait
/// for it are told at once, and every address on file if it was locked or counted. False when it was not.
Result<bool> unlock_account(storage::Database& database, SignInService::Parts& parts, Account const& account);

/// Where somebody is signed in to the account now, each terminal once.
Result<std::vector<TerminalId>> terminals_in_use(storage::Database& database, AccountId const& account,
                                                 UtcTime now);

} // namespace portico::central
