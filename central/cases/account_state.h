#pragma once

#include "central/auth/accounts.h"

#include <optional>
#include <string>

namespace portico::central {

/// How a member's account stands, in the words of api::CaseMember.
struct AccountState {
    std::optional<Account> account;
    std::string state; ///< "none", "not_opened", "open", "waiting", "locked", "disabled"
    std::string why;   ///< "wrong_sign_ins", "by_operator"; empty for the others
    bool is_held() const { return state == "waiting" || state == "locked"; }
};
Result<AccountState> account_state(storage::Database& database, Vault const& vault, Clock const& clock,
                                   PatientId const& patient);

} // namespace portico::central
