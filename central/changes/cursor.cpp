#include "central/changes/cursor.h"

#include <array>
#include <charconv>

namespace portico::central {

std::string to_text(Cursor const& cursor) {
    return "1." + cursor.generation + "." + std::to_string(cursor.reference) + "." +
           std::to_string(cursor.notices) + "." + std::to_string(cursor.events);
}

std::optional<Cursor> parse_cursor(std::string_view text) {
    std::array<std::string_view, 5> parts;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        auto const dot = text.find('.');
        if ((dot == std::string_view::npos) != (i + 1 == parts.size()))
            return std::nullopt;
        parts[i] = text.substr(0, dot);
        text.remove_prefix(i + 1 == parts.size() ? text.size() : dot + 1);
    }
    auto const number = [](std::string_view digits, std::int64_t& out) {
        auto const [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
        return code == std::errc() && end == digits.data() + digits.size() && out >= 0;
    };
    Cursor cursor{std::string(parts[1]), 0, 0, 0};
    if (parts[0] != "1" || cursor.generation.empty() || !number(parts[2], cursor.reference) ||
        !number(parts[3], cursor.notices) || !number(parts[4], cursor.events))
        return std::nullopt;
    return cursor;
}

} // namespace portico::central
