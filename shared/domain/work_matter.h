#pragma once

#include <string_view>

namespace portico {

/// What a case is for that somebody opens of an entry of the staff queue, to do what the entry asks. Words as
/// of shared/api/cases.h.
struct WorkMatter {
    std::string_view kind; ///< of the entry
    std::string_view reason;
    std::string_view channel; ///< "work": nobody is on the line; "call_back": somebody was promised a call
    bool names_eob = false;   ///< the entry is about one EOB
};

/// Nothing for a kind that is about no member, or that another right decides than theirs who answer members.
WorkMatter const* find_work_matter(std::string_view kind);

} // namespace portico
