#include "shared/devices/dial_number.h"

#include <algorithm>

namespace portico {

Result<void> check_dial_number(std::string_view number) {
    if (number.starts_with('+'))
        number.remove_prefix(1);
    bool const digits = std::ranges::all_of(number, [](char c) { return c >= '0' && c <= '9'; });
    if (number.empty() || number.size() > dial_digits_max || !digits)
        return error(ErrorKind::InvalidInput, "number_invalid",
                     "a number to transfer to is of 1 to 20 digits, with a \"+\" before them or none");
    return ok();
}

} // namespace portico
