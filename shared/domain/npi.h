#pragma once

#include <string>
#include <string_view>

namespace portico {

/// True for ten digits whose last is the check digit: Luhn over 80840 and the ten. Source: CMS NPI standard.
bool is_valid_npi(std::string_view npi);

/// The check digit for nine digits; '\0' when they are not nine digits.
char npi_check_digit(std::string_view nine_digits);

} // namespace portico
