#include "shared/domain/pin_rules.h"

#include "shared/base/secret.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace portico {

namespace {

/// 111111, 121212, 123123: a unit of up to half its length, over and over.
bool is_repeated_pin(std::string_view pin) {
    for (std::size_t unit = 1; unit * 2 <= pin.size(); ++unit) {
        bool repeats = true;
        for (std::size_t i = unit; i < pin.size() && repeats; ++i)
            repeats = pin[i] == pin[i - unit];
        if (repeats)
            return true;
    }
    return false;
}

/// 123456, 987654, 112233's kin are left alone; 789012 with its step from 9 to 0 is a run, 246802 too.
bool is_run_of_digits(std::string_view pin) {
    int const step = (pin[1] - pin[0] + 10) % 10;
    for (std::size_t i = 1; i < pin.size(); ++i)
        if ((pin[i] - pin[i - 1] + 10) % 10 != step)
            return false;
    return true;
}

bool has_birth_date(std::string_view pin, Date birth) {
    if (!birth.has_day())
        return false;
    std::array<char, 16> year{};
    std::array<char, 16> month{};
    std::array<char, 16> day{};
    std::snprintf(year.data(), year.size(), "%04d", birth.year);
    std::snprintf(month.data(), month.size(), "%02d", birth.month);
    std::snprintf(day.data(), day.size(), "%02d", birth.day);
    std::string const y4 = year.data();
    std::string const y2 = y4.substr(y4.size() - 2);
    std::string const m = month.data();
    std::string const d = day.data();
    std::array<std::string, 6> const spellings{m + d + y2, d + m + y2, y2 + m + d,
                                               m + d + y4, d + m + y4, y4 + m + d};
    return std::any_of(spellings.begin(), spellings.end(), [&](std::string const& spelling) {
        return pin.find(spelling) != std::string_view::npos || spelling.find(pin) != std::string::npos;
    });
}

bool is_on_file(std::string_view pin, std::vector<std::string> const& numbers) {
    return std::any_of(numbers.begin(), numbers.end(), [&](std::string const& number) {
        std::string digits;
        std::copy_if(number.begin(), number.end(), std::back_inserter(digits),
                     [](char c) { return c >= '0' && c <= '9'; });
        return digits.find(pin) != std::string::npos;
    });
}

} // namespace

Result<void> check_pin(std::string_view pin, PinContext const& context) {
    if (!std::all_of(pin.begin(), pin.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return error(ErrorKind::InvalidInput, "pin_not_digits", "a PIN is digits only");
    if (pin.size() < pin_digits_min)
        return error(ErrorKind::InvalidInput, "pin_short", "a PIN has six digits or more");
    if (pin.size() > pin_digits_max)
        return error(ErrorKind::InvalidInput, "pin_long", "a PIN has at most twelve digits");
    if (is_repeated_pin(pin) || is_run_of_digits(pin) || has_birth_date(pin, context.birth_date) ||
        is_on_file(pin, context.known_numbers))
        return error(ErrorKind::InvalidInput, "pin_weak", "the PIN is one that others would try first");
    return ok();
}

} // namespace portico
