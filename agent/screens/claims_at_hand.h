#pragma once

#include "agent/screens/part.h"
#include "shared/api/eob_review.h"
#include "shared/api/member.h"

#include <cstdint>
#include <string>
#include <vector>

namespace portico::agent {

/// How the EOB that is read is looked at.
enum class EobView : std::uint8_t { AsMember, AsSystem, Versions, ReadAloud };

/// What a verified caller's claims say, while the rep looks at them. Always on the heap, and gone when the
/// record is shown again, when the case is left, at the queue, at a lock, when the proof has run out, and
/// with the session.
struct ClaimsAtHand {
    std::vector<EobSummary> claims = {};
    std::string next_cursor = {};    ///< empty: there is nothing older, or nothing is read yet
    Load<api::ClaimsPage> page = {}; ///< the page that was asked for last; what it had stands in `claims`
    std::string opened = {};         ///< the EOB that is read; empty: the list is shown
    Load<api::EobDetail> eob = {};
    Load<api::EobReview> review = {}; ///< asked for when the EOB is here
    std::size_t newer = 0; ///< of review.versions: the newer of the two that are compared; 0: none is
    int total_count = 0;
    EobView view = EobView::AsMember;
    bool read = false; ///< the first page is here
    /// The EOB alone is read that the entry of the case is about; nobody was verified for it.
    bool of_matter = false;
    bool in_members_language = false; ///< what is read aloud

    /// The EOB is here, and what can be done with it.
    bool reads_eob() const { return !opened.empty() && eob.value.has_value(); }
};

} // namespace portico::agent
