#pragma once

#include "central/auth/account_rights.h"
#include "central/auth/accounts.h"
#include "central/auth/sign_in_flow.h"

#include <functional>
#include <string>

namespace portico::central {

/// Who may set what.
enum class Changes : std::uint8_t { Anyone, MembersOnly };

/// One change of credentials: checks the session's rights, then runs `change` in one transaction with telling
/// every address on file (`message_id`; empty: nothing to tell) and, when `opens` is set, marking the account
/// as opened. Errors: those of require_account_rights and before_recovered; Refused "staff_keys_only",
/// "account_disabled".
struct AccountChange {
    Changes who = Changes::MembersOnly;
    std::string message_id;
    bool opens = false;
    std::function<Result<void>(storage::Database&, Account const&)> change;
};
Result<void> change_account(Call& call, AccountChange const& wanted);

} // namespace portico::central
