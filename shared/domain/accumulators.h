#pragma once

#include "shared/domain/eob_facts.h"
#include "shared/domain/plan.h"

#include <span>
#include <vector>

namespace portico {

/// A plan year with the maxima that hold in it, and whose claims run against them.
struct PlanYear {
    Period period;
    std::vector<PlanLimit> limits;
    LineOfBusiness line_of_business = LineOfBusiness::Unknown;
    /// Coverages of the member and the family under this plan; empty: every claim belongs to it.
    std::vector<CoverageId> coverages;
};

/// January to December of the year `day` is in: the plan year where the source states none.
Period calendar_year(Date day);

/// Whether a claim runs against a plan's deductible and out-of-pocket maximum at all: counted, serviced in
/// the plan year, under one of its coverages; not dental or vision, and under Medicare Advantage not pharmacy
/// (Part D has its own).
bool runs_against(PlanYear const& year, EobFacts const& facts);

/// The amount a claim adds to an accumulator; zero when it states none.
Decimal adds_to(AccumulatorKind kind, EobFacts const& facts);

/// One accumulator for each limit of the year. `all` holds the EOBs of the member and the family, marked by
/// `mark_counted`. A claim of unknown network counts as in network. `met` is what was counted, even above the
/// limit.
std::vector<Accumulator> accumulators(PlanYear const& year, std::span<EobFacts const> all,
                                      PatientId const& member);

} // namespace portico
