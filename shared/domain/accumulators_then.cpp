#include "shared/domain/accumulators_then.h"

#include <algorithm>
#include <unordered_map>

namespace portico {

Money left_of(Money limit, Money met) {
    return {std::max<std::int64_t>(0, limit.cents - met.cents)};
}

std::vector<EobFacts> facts_as_of(std::span<DecidedFacts const> all, EobFacts const& of, bool with_it) {
    std::unordered_map<EobId, EobFacts const*> by_id;
    for (auto const& each : all)
        by_id.emplace(each.facts.id, &each.facts);
    auto const was_there = [&](EobFacts const& facts) {
        return facts.id == of.id ? with_it : decided_before(facts, of);
    };
    std::vector<EobFacts> then;
    for (auto const& each : all) {
        if (!was_there(each.facts))
            continue;
        auto facts = each.facts;
        auto const newer = facts.replaced_by ? by_id.find(*facts.replaced_by) : by_id.end();
        // One that is not here at all is believed, as `mark_counted` does: nothing says when it came.
        if (newer != by_id.end() && newer->second->id != facts.id && !was_there(*newer->second)) {
            facts.replaced_by.reset();
            facts.in_effect = facts.in_effect || (each.cancelled && newer->second->in_effect);
        }
        then.push_back(std::move(facts));
    }
    mark_counted(then);
    return then;
}

PlanYear const* plan_year_of(std::span<PlanYear const> years, EobFacts const& of) {
    PlanYear const* only = nullptr;
    bool several = false;
    for (auto const& year : years) {
        if (!year.period.contains(of.service.start))
            continue;
        bool const named = std::any_of(of.coverages.begin(), of.coverages.end(), [&](CoverageId const& id) {
            return std::find(year.coverages.begin(), year.coverages.end(), id) != year.coverages.end();
        });
        if (named)
            return &year;
        several = several || only != nullptr;
        only = &year;
    }
    return several || !of.coverages.empty() ? nullptr : only;
}

std::vector<AccumulatorThen> accumulators_then(PlanYear const& year, std::span<DecidedFacts const> all,
                                               EobId const& of, PatientId const& member) {
    auto const claim =
        std::find_if(all.begin(), all.end(), [&](DecidedFacts const& each) { return each.facts.id == of; });
    if (claim == all.end() || claim->facts.decided.is_empty())
        return {};
    auto const before = accumulators(year, facts_as_of(all, claim->facts, false), member);
    auto const after = accumulators(year, facts_as_of(all, claim->facts, true), member);
    std::vector<AccumulatorThen> out;
    for (std::size_t i = 0; i < before.size(); ++i)
        out.push_back({before[i].kind, before[i].scope, before[i].in_network, before[i].limit, before[i].met,
                       after[i].met, before[i].plan_year});
    return out;
}

} // namespace portico
