#pragma once

#include "shared/domain/accumulators.h"

#include <span>
#include <unordered_map>
#include <vector>

namespace portico::rules {

/// What counts against one limit, for each person or for the family, in the order the payer decided. Summed
/// once, so that a member with thousands of claims takes a pass and not a pass for each of them.
class CountedBefore {
public:
    /// `all` must outlive it, and is marked by `mark_counted`.
    CountedBefore(PlanLimit const& limit, PlanYear const& year, std::span<EobFacts const> all);
    /// Of what was decided before this EOB; the EOB need not be among them.
    Decimal before(EobFacts const& self) const;

private:
    struct Step {
        EobFacts const* facts;
        Decimal through; ///< the sum up to and with it
    };

    bool of_family_;
    std::unordered_map<PatientId, std::vector<Step>> steps_; ///< the family's under no id
};

/// A plan year with the limits that somebody can have passed.
struct YearInQuestion {
    PlanYear year;
    std::vector<CountedBefore> counted; ///< beside its limits
};

} // namespace portico::rules
