#pragma once

#include "agent/screens/part.h"
#include "shared/api/member.h"

#include <string>
#include <vector>

namespace portico::agent {

/// What a verified caller's claims say, while the rep looks at them. Always on the heap, and gone when the
/// record is shown again, when the case is left, at the queue, at a lock, when the proof has run out, and
/// with the session.
struct ClaimsAtHand {
    std::vector<EobSummary> claims = {};
    std::string next_cursor = {}; ///< empty: there is nothing older, or nothing is read yet
    int total_count = 0;
    Load<api::ClaimsPage> page = {}; ///< the page that was asked for last; what it had stands in `claims`
    bool read = false;               ///< the first page is here
    std::string opened = {};         ///< the EOB that is read; empty: the list is shown
    Load<api::EobDetail> eob = {};
};

} // namespace portico::agent
