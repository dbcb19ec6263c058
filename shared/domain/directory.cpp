#include "shared/domain/directory.h"

#include <algorithm>

namespace portico {

Result<std::string> zip5(std::string_view text) {
    auto const is_blank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.empty() && is_blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back()))
        text.remove_suffix(1);

    auto const all_digits = [](std::string_view part) {
        return std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
    };
    bool const plain = (text.size() == 5 || text.size() == 9) && all_digits(text);
    bool const dashed =
        text.size() == 10 && text[5] == '-' && all_digits(text.substr(0, 5)) && all_digits(text.substr(6));
    if (!plain && !dashed)
        return error(ErrorKind::InvalidInput, "zip_invalid", "a ZIP code has five or nine digits");
    return std::string(text.substr(0, 5));
}

} // namespace portico
