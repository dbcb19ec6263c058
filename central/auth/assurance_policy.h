#pragma once

#include "shared/domain/operation.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace portico::central {

/// One row: whoever showed all of `factors` is at least this sure.
struct AssuranceRule {
    std::vector<std::string_view> factors;
    Assurance assurance;
};

/// The default policy (DESIGN idea 5), all of it. Factors: "printed_card", "activation_code", "pin",
/// "password", "totp", "security_key" (user verified by the key), "chip_card" (PIN checked by the card),
/// "staff_key" (a staff member's own, beside the member).
std::span<AssuranceRule const> assurance_policy();

/// The highest row whose factors were all shown. Unknown words count for nothing.
Assurance assurance_of(std::span<std::string const> factors);

/// Which of the factors that the account has would raise a session, most convenient first: "security_key",
/// "chip_card", "pin", "totp".
std::vector<std::string> step_up_ways(std::span<std::string const> shown,
                                      std::span<std::string const> account_has);

/// A way to sign in is a key, a chip card, a username with its password, or a printed card with its PIN.
bool can_sign_in(std::span<std::string const> account_has);

} // namespace portico::central
