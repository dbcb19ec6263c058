#pragma once

#include <span>
#include <string_view>

namespace portico {

/// Why staff did not do what was asked: words that the member reads in plain sentences of both languages
/// (message "refusal.<word>" of the kiosk's catalog), so that nobody's notes reach a screen.
struct StaffReason {
    std::string_view word;
    std::string_view kinds; ///< queue kinds it fits, separated by blanks; "*": all that can be refused
};
std::span<StaffReason const> staff_reasons();
/// True when `word` is one that fits entries of this kind.
bool is_staff_reason(std::string_view word, std::string_view kind);
/// False for a letter to send, a gap in a terminal's numbers and a protected record that was opened: nobody
/// asked for something that could be refused.
bool can_be_refused(std::string_view kind);
/// Only a change on hold can be withdrawn.
bool can_be_withdrawn(std::string_view kind);

} // namespace portico
