#include "shared/domain/plain_text.h"

#include "shared/base/encoding.h"

#include <algorithm>

namespace portico {

namespace {

bool is_control(unsigned char c) {
    return c < 0x20 || c == 0x7F;
}

/// The bytes at `at` of well-formed UTF-8: C2 80 to C2 9F.
bool is_latin_control(std::string_view text, std::size_t at) {
    return text[at] == '\xC2' && static_cast<unsigned char>(text[at + 1]) < 0xA0;
}

/// E2 80 AA to AE, E2 81 A6 to A9.
bool turns_direction(std::string_view text, std::size_t at) {
    if (text[at] != '\xE2')
        return false;
    auto const third = static_cast<unsigned char>(text[at + 2]);
    return (text[at + 1] == '\x80' && third >= 0xAA && third <= 0xAE) ||
           (text[at + 1] == '\x81' && third >= 0xA6 && third <= 0xA9);
}

} // namespace

std::size_t character_count(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

bool is_plain_text(std::string_view text) {
    if (!is_utf8(text))
        return false;
    for (std::size_t at = 0; at < text.size(); ++at)
        if (is_control(static_cast<unsigned char>(text[at])) || is_latin_control(text, at) ||
            turns_direction(text, at))
            return false;
    return true;
}

bool are_plain_lines(std::string_view text) {
    for (std::size_t at = 0; at <= text.size();) {
        auto const end = std::min(text.find('\n', at), text.size());
        if (!is_plain_text(text.substr(at, end - at)))
            return false;
        at = end + 1;
    }
    return true;
}

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \n") == std::string_view::npos;
}

} // namespace portico
