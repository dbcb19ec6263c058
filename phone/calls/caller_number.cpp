#include "phone/calls/caller_number.h"

#include <algorithm>

namespace portico::phone {

namespace {

// E.164: at most 15 digits, the country code among them; no number in use has less than 7.
constexpr std::size_t digits_min = 7;
constexpr std::size_t digits_max = 15;
// The North American Numbering Plan.
constexpr std::string_view north_america = "1";
constexpr std::size_t national_digits = 10;

/// What stands before the "@", ";" or end of a "sip:", "sips:" or "tel:" address.
std::string_view user_of(std::string_view uri) {
    for (std::string_view const scheme : {"sips:", "sip:", "tel:"}) {
        if (!uri.starts_with(scheme))
            continue;
        uri.remove_prefix(scheme.size());
        auto const at = uri.find('@');
        if (at == std::string_view::npos && scheme != "tel:")
            return {}; // a host alone
        return uri.substr(0, std::min(at, uri.find(';')));
    }
    return {};
}

bool is_digits(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

std::string caller_number(std::string_view uri, std::string_view country_code) {
    std::string number;
    for (char const c : user_of(uri))
        if (std::string_view("-.() ").find(c) == std::string_view::npos)
            number += c; // RFC 3966, 3: visual separators
    if (number.starts_with('+')) {
        auto const digits = number.size() - 1;
        bool const good = is_digits(std::string_view(number).substr(1)) && digits >= digits_min &&
                          digits <= digits_max && number[1] != '0';
        return good ? number : std::string();
    }
    if (country_code != north_america || !is_digits(number))
        return {};
    if (number.size() == national_digits + 1 && number.starts_with(north_america))
        return "+" + number;
    if (number.size() == national_digits && number.front() >= '2') // an area begins with 2 to 9
        return "+" + std::string(north_america) + number;
    return {};
}

} // namespace portico::phone
