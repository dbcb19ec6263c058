#pragma once

#include "shared/domain/eob.h"

#include <cstdint>
#include <vector>

namespace portico {

enum class ClaimStep : std::uint8_t { Service, Received, Decided, Paid, Replaced, Next };

/// A step of a claim and its day; an empty day is not yet, or not told.
struct TimedStep {
    ClaimStep step{};
    Date on;
    bool operator==(TimedStep const&) const = default;
};

/// The steps of a claim in their order: what happened, then `Next` while something is still to come (a
/// decision, or a payment the plan owes). A replaced claim ends with `Replaced`, on the day the newer one was
/// decided when that is known. Estimates and drafts have no steps but the service.
std::vector<TimedStep> timeline(Eob const& eob, Date replaced_on = {});

/// "service", "received", "decided", "paid", "replaced", "next".
char const* name(ClaimStep step);

} // namespace portico
