#include "shared/domain/phone_number.h"

#include <algorithm>
#include <optional>

namespace portico {

namespace {

constexpr std::size_t text_length_max = 64;
constexpr std::size_t national_digits = 10;
constexpr std::size_t international_digits_min = 8;
constexpr std::size_t international_digits_max = 15; ///< E.164, 6.2.1
constexpr std::string_view dialled_abroad = "011";   ///< North American international prefix

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// What is behind "x", "X", "ext" or "#" is dialled after the call is answered.
std::string_view without_extension(std::string_view phone) {
    auto const at = phone.find_first_of("xXeE#");
    if (at == phone.npos)
        return phone;
    auto const behind = phone.substr(at);
    auto const digits = behind.find_first_of("0123456789");
    auto const word = behind.substr(0, digits);
    static constexpr std::string_view words[] = {"x",   "X",   "#",         "ext",
                                                 "Ext", "EXT", "extension", "Extension"};
    auto const end = word.find_last_not_of(" .:");
    bool const known = digits != behind.npos && std::find(std::begin(words), std::end(words),
                                                          word.substr(0, end + 1)) != std::end(words);
    bool const only_digits = known && behind.find_first_not_of("0123456789 ", digits) == behind.npos;
    return only_digits ? phone.substr(0, at) : phone;
}

/// With a "+" in front when there was one; nothing when there is anything else in it.
std::optional<std::string> plain(std::string_view phone) {
    std::string out;
    for (char const c : phone) {
        if (is_digit(c) || (c == '+' && out.empty()))
            out += c;
        else if (std::string_view(" -.()/").find(c) == std::string_view::npos)
            return std::nullopt;
    }
    return out;
}

std::string international(std::string_view digits) {
    bool const whole = digits.size() >= international_digits_min &&
                       digits.size() <= international_digits_max && digits.front() != '0';
    // A country whose numbers are known has no shorter or longer ones.
    if (!whole || (digits.substr(0, country_code.size()) == country_code &&
                   digits.size() != country_code.size() + national_digits))
        return {};
    return "+" + std::string(digits);
}

} // namespace

std::string e164(std::string_view phone) {
    if (phone.size() > text_length_max)
        return {};
    auto const number = plain(without_extension(phone));
    if (!number || number->empty())
        return {};
    std::string_view const digits = *number;
    if (digits.front() == '+')
        return international(digits.substr(1));
    if (digits.substr(0, dialled_abroad.size()) == dialled_abroad)
        return international(digits.substr(dialled_abroad.size()));
    if (digits.size() == national_digits)
        return international(std::string(country_code) + std::string(digits));
    bool const with_country = digits.size() == country_code.size() + national_digits &&
                              digits.substr(0, country_code.size()) == country_code;
    return with_country ? international(digits) : std::string();
}

} // namespace portico
