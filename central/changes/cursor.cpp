#include "central/changes/cursor.h"

#include <array>
#include <charconv>

namespace portico::central {

std::string to_text(Cursor const& cursor) {
    // Kiosks' cursors stay what every version reads: one it cannot read makes a terminal copy everything
    // anew.
    return "1." + cursor.generation + "." + std::to_string(cursor.reference) + "." +
           std::to_string(cursor.notices) + "." + std::to_string(cursor.events) +
           (cursor.work > 0 ? "." + std::to_string(cursor.work) : "");
}

std::optional<Cursor> parse_cursor(std::string_view text) {
    std::array<std::string_view, 6> parts;
    constexpr std::size_t parts_min = 5;
    std::size_t count = 0;
    for (bool more = true; more; ++count) {
        if (count == parts.size())
            return std::nullopt;
        auto const dot = text.find('.');
        more = dot != std::string_view::npos;
        parts[count] = text.substr(0, dot);
        text.remove_prefix(more ? dot + 1 : text.size());
    }
    if (count < parts_min)
        return std::nullopt;
    auto const number = [](std::string_view digits, std::int64_t& out) {
        auto const [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
        return code == std::errc() && end == digits.data() + digits.size() && out >= 0;
    };
    Cursor cursor{std::string(parts[1])};
    if (parts[0] != "1" || cursor.generation.empty() || !number(parts[2], cursor.reference) ||
        !number(parts[3], cursor.notices) || !number(parts[4], cursor.events) ||
        (count > parts_min && !number(parts[5], cursor.work)))
        return std::nullopt;
    return cursor;
}

} // namespace portico::central
