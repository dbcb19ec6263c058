#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace portico::central {

/// A place in the feed: which generation, and how far in each of its parts. Opaque to terminals.
struct Cursor {
    std::string generation;
    std::int64_t reference = 0;
    std::int64_t notices = 0;
    std::int64_t events = 0;
    std::int64_t work = 0; ///< of desks; 0 elsewhere
    bool operator==(Cursor const&) const = default;
};
/// "1.<generation>.<reference>.<notices>.<events>", and ".<work>" where that is not 0.
std::string to_text(Cursor const& cursor);
/// Nothing for what is no cursor of ours.
std::optional<Cursor> parse_cursor(std::string_view text);

} // namespace portico::central
