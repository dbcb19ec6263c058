#include "shared/domain/npi.h"

#include <algorithm>

namespace portico {

namespace {
/// What the prefix 80840 adds to the Luhn sum of what follows it.
constexpr int prefix_sum = 24;
} // namespace

char npi_check_digit(std::string_view nine_digits) {
    bool const digits =
        std::all_of(nine_digits.begin(), nine_digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (nine_digits.size() != 9 || !digits)
        return '\0';
    int sum = prefix_sum;
    for (std::size_t i = 0; i < 9; ++i) {
        int value = nine_digits[i] - '0';
        if (i % 2 == 0) { // the 1st, 3rd, ... counted from the check digit are doubled
            value *= 2;
            value = value > 9 ? value - 9 : value;
        }
        sum += value;
    }
    return static_cast<char>('0' + (10 - sum % 10) % 10);
}

bool is_valid_npi(std::string_view npi) {
    return npi.size() == 10 && npi_check_digit(npi.substr(0, 9)) == npi[9];
}

} // namespace portico
