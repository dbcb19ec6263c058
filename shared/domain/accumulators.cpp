#include "shared/domain/accumulators.h"

#include <algorithm>

namespace portico {

Period calendar_year(Date day) {
    return {{day.year, 1, 1}, {day.year, 12, 31}};
}

bool runs_against(PlanYear const& year, EobFacts const& facts) {
    if (!facts.counted || facts.kind == ClaimKind::Oral || facts.kind == ClaimKind::Vision)
        return false;
    if (facts.kind == ClaimKind::Pharmacy && year.line_of_business == LineOfBusiness::MedicareAdvantage)
        return false;
    // A stay runs against the year it began in.
    if (!year.period.contains(facts.service.start))
        return false;
    if (year.coverages.empty() || facts.coverages.empty())
        return true;
    return std::any_of(facts.coverages.begin(), facts.coverages.end(), [&](CoverageId const& id) {
        return std::find(year.coverages.begin(), year.coverages.end(), id) != year.coverages.end();
    });
}

Decimal adds_to(AccumulatorKind kind, EobFacts const& facts) {
    return (kind == AccumulatorKind::Deductible ? facts.deductible : facts.out_of_pocket).value_or(Decimal{});
}

std::vector<Accumulator> accumulators(PlanYear const& year, std::span<EobFacts const> all,
                                      PatientId const& member) {
    std::vector<Accumulator> out;
    for (auto const& limit : year.limits) {
        Decimal met;
        for (auto const& facts : all) {
            bool const in_network = facts.network != NetworkStatus::OutOfNetwork;
            bool const mine = limit.scope == AccumulatorScope::Family || facts.patient == member;
            if (mine && in_network == limit.in_network && runs_against(year, facts))
                met = met + adds_to(limit.kind, facts);
        }
        auto const cents = met.to_cents();
        out.push_back({limit.kind, limit.scope, limit.in_network, limit.amount,
                       Money{cents ? cents.value() : limit.amount.cents}, year.period});
    }
    return out;
}

} // namespace portico
