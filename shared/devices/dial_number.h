#pragma once

#include "shared/base/result.h"

#include <string_view>

namespace portico {

/// Most digits of a number to transfer to: 15 of E.164, and a telephone system's prefix before them.
inline constexpr std::size_t dial_digits_max = 20;

/// Whether a call can be handed to `number`: digits, with one leading "+" allowed, and nothing else, for it
/// becomes part of a SIP address. Errors: InvalidInput "number_invalid".
Result<void> check_dial_number(std::string_view number);

} // namespace portico
