#pragma once

#include "shared/domain/accumulators.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace portico {

/// The facts of an EOB with what they do not say themselves.
struct DecidedFacts {
    EobFacts facts;         ///< `counted` counts for nothing here
    bool cancelled = false; ///< EobStatus::Cancelled, as it is known today
};

/// A deductible or out-of-pocket maximum right before and right after one claim was decided.
struct AccumulatorThen {
    AccumulatorKind kind{};
    AccumulatorScope scope{};
    bool in_network = true;
    Money limit;
    Money met_before; ///< counted from all that was decided before, even above the limit
    Money met_after;  ///< with this claim, and without what it replaced
    Period plan_year;
    bool operator==(AccumulatorThen const&) const = default;
};

/// What is left to the limit; nothing when it is met, and never less.
Money left_of(Money limit, Money met);

/// The facts as they were when `of` had just been decided, marked by `mark_counted`: what was decided after
/// it
/// (`decided_before`) is not there, and what only that replaced or took back is in effect still. Who was
/// cancelled by a replacement or a reversal counted until that was decided; who was cancelled otherwise is
/// taken to have never counted, as nothing says since when. Without `of` itself when `with_it` is false.
std::vector<EobFacts> facts_as_of(std::span<DecidedFacts const> all, EobFacts const& of, bool with_it);

/// The plan year that a claim runs in: of the years whose period has the first day of service, the one with a
/// coverage that the claim names. A claim that names none runs in the only one there is; nothing where there
/// is none, or several.
PlanYear const* plan_year_of(std::span<PlanYear const> years, EobFacts const& of);

/// One for each limit of the year, as `accumulators` counts them. `all` holds the EOBs of the member and of
/// the family under the plan. Nothing when `all` does not have the claim, or does not say when it was
/// decided. A family's figures are sums alone: who of the family had which claim is not in them.
std::vector<AccumulatorThen> accumulators_then(PlanYear const& year, std::span<DecidedFacts const> all,
                                               EobId const& of, PatientId const& member);

} // namespace portico
