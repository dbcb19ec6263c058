#include "shared/domain/masking.h"

#include <algorithm>
#include <cstddef>

namespace portico {

namespace {

constexpr std::size_t phone_digits_min = 7;
constexpr std::size_t hidden_min = 4;
constexpr std::size_t shown_max = 4;

/// Of well-formed UTF-8; a letter with its accent written after it loses that.
std::string_view first_character(std::string_view text) {
    std::size_t bytes = text.empty() ? 0 : 1;
    while (bytes < text.size() && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U)
        ++bytes;
    return text.substr(0, bytes);
}

bool is_letter_or_digit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

} // namespace

std::string masked_phone(std::string_view phone) {
    if (phone.empty())
        return "";
    std::string digits;
    std::copy_if(phone.begin(), phone.end(), std::back_inserter(digits),
                 [](char c) { return c >= '0' && c <= '9'; });
    auto const shown = digits.size() < phone_digits_min ? "**" : digits.substr(digits.size() - 2);
    return "(***) ***-**" + shown;
}

std::string masked_email(std::string_view email) {
    if (email.empty())
        return "";
    auto const at = email.rfind('@');
    if (at == std::string_view::npos)
        return "***";
    return std::string(first_character(email.substr(0, at))) + "***@" +
           std::string(first_character(email.substr(at + 1))) + "***";
}

std::string last_four(std::string_view number) {
    std::string plain;
    std::copy_if(number.begin(), number.end(), std::back_inserter(plain), is_letter_or_digit);
    auto const shown = plain.size() <= hidden_min ? 0 : std::min(shown_max, plain.size() - hidden_min);
    return plain.substr(plain.size() - shown);
}

std::string masked_year(Date date) {
    return date.is_empty() ? "" : date.text().substr(0, 2) + "**";
}

std::string initial(std::string_view name) {
    return name.empty() ? "" : std::string(first_character(name)) + ".";
}

} // namespace portico
