#pragma once

#include "shared/domain/eob.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace portico {

/// What a member asks the claims list for. Everything may be empty.
struct ClaimFilter {
    std::string person;   ///< patient's given name as the list shows it; exact
    std::string provider; ///< any part of the provider's name; accents and case do not matter
    enum class Status : std::uint8_t { Any, LookAgain, InProgress, Done } status = Status::Any;
    Date from; ///< service dates, both ends included
    Date to;
    std::optional<Money> amount_min; ///< of what was asked; a claim without an amount fits no range
    std::optional<Money> amount_max;
};

/// "", "look_again", "in_progress", "done". Errors: InvalidInput "status_invalid".
Result<ClaimFilter::Status> claim_status_from_name(std::string_view text);

/// Where a claim stands for a member: LookAgain when it has findings, else InProgress until it is decided,
/// else Done. A replaced or cancelled one is Done.
ClaimFilter::Status status_of(EobSummary const& claim);

struct ClaimCounts {
    int total = 0; ///< that match the whole filter
    int look_again = 0;
    int in_progress = 0;
    int done = 0; ///< the three: that match all of the filter but its status
};

struct FilteredClaims {
    /// Indexes into what was filtered, newest service date first, then newest decision, then by id.
    std::vector<std::size_t> order;
    ClaimCounts counts;
};
FilteredClaims filter_claims(std::span<EobSummary const> claims, ClaimFilter const& filter);

/// Lower case without accents, for Latin letters (up to U+017F); other scripts as they are.
std::string search_text(std::string_view text);

} // namespace portico
