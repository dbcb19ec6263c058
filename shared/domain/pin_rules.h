#pragma once

#include "shared/base/result.h"
#include "shared/domain/date.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace portico {

constexpr std::size_t pin_digits_min = 6;
constexpr std::size_t pin_digits_max = 12;

/// What a new PIN must not be made of.
struct PinContext {
    Date birth_date;
    /// The member number, card number, phone and ZIP on file: a PIN that stands in one of them is weak.
    std::vector<std::string> known_numbers;
};

/// For the PIN beside a printed card.
/// Errors: InvalidInput "pin_not_digits", "pin_short", "pin_long", "pin_weak" (one digit, a run, a short
/// pattern over and over, the birth date, part of a number on file).
Result<void> check_pin(std::string_view pin, PinContext const& context = {});

} // namespace portico
