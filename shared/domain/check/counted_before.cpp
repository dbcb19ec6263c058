#include "shared/domain/check/counted_before.h"

#include <algorithm>

namespace portico::rules {

CountedBefore::CountedBefore(PlanLimit const& limit, PlanYear const& year, std::span<EobFacts const> all)
    : of_family_(limit.scope == AccumulatorScope::Family) {
    auto const network = limit.in_network ? NetworkStatus::InNetwork : NetworkStatus::OutOfNetwork;
    for (auto const& facts : all)
        if (facts.network == network && runs_against(year, facts))
            steps_[of_family_ ? PatientId() : facts.patient].push_back({&facts, adds_to(limit.kind, facts)});
    for (auto& [person, steps] : steps_) {
        std::sort(steps.begin(), steps.end(),
                  [](Step const& a, Step const& b) { return decided_before(*a.facts, *b.facts); });
        Decimal sum;
        for (auto& step : steps)
            step.through = sum = sum + step.through;
    }
}

Decimal CountedBefore::before(EobFacts const& self) const {
    auto const found = steps_.find(of_family_ ? PatientId() : self.patient);
    if (found == steps_.end())
        return {};
    auto const& steps = found->second;
    auto const next =
        std::lower_bound(steps.begin(), steps.end(), self, [](Step const& step, EobFacts const& facts) {
            return decided_before(*step.facts, facts);
        });
    return next == steps.begin() ? Decimal() : std::prev(next)->through;
}

} // namespace portico::rules
