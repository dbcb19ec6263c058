#pragma once

#include <cstddef>
#include <string_view>

namespace portico {

/// How many characters (Unicode code points) a well-formed UTF-8 text has.
std::size_t character_count(std::string_view text);

/// Well-formed UTF-8 without control characters: neither those of ASCII, line breaks among them, nor those of
/// Latin-1 (U+0080 to U+009F), nor what turns the direction of writing (U+202A to U+202E, U+2066 to U+2069),
/// by which a line may read as another than it is.
bool is_plain_text(std::string_view text);
/// As is_plain_text, with line feeds between lines.
bool are_plain_lines(std::string_view text);
/// Nothing but blanks and line breaks.
bool is_blank(std::string_view text);

} // namespace portico
