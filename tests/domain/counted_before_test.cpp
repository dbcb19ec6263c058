#include "shared/domain/check/counted_before.h"
#include "tests/support/catch.h"

#include <random>
#include <string>
#include <vector>

using namespace portico;
using rules::CountedBefore;

namespace {

/// Claims of three people over three years, many of a day, with and without what would leave them out.
std::vector<EobFacts> mixed_claims() {
    std::mt19937 random(20260301); // NOLINT(bugprone-random-generator-seed): the same claims each time
    auto const below = [&](unsigned many) { return static_cast<int>(random() % many); };
    std::vector<EobFacts> all;
    for (int i = 0; i < 400; ++i) {
        EobFacts facts;
        facts.id = EobId("eob-" + std::to_string(below(1'000'000)) + "-" + std::to_string(i));
        facts.patient = PatientId("person-" + std::to_string(below(3)));
        facts.service.start = facts.service.end = Date{2024 + below(3), 1 + below(12), 1 + below(28)};
        facts.decided = Date{2025, 1 + below(3), 1 + below(4)};
        facts.network = std::vector{NetworkStatus::InNetwork, NetworkStatus::OutOfNetwork,
                                    NetworkStatus::Unknown}[static_cast<std::size_t>(below(3))];
        facts.counted = below(5) != 0;
        if (below(6) != 0)
            facts.deductible = Decimal::from_cents(below(20'000) - 2'000);
        all.push_back(std::move(facts));
    }
    return all;
}

/// The same by the rule's words: a look at each claim for each claim.
Decimal plainly(EobFacts const& self, PlanLimit const& limit, PlanYear const& year,
                std::vector<EobFacts> const& all) {
    auto const network = limit.in_network ? NetworkStatus::InNetwork : NetworkStatus::OutOfNetwork;
    Decimal sum;
    for (auto const& other : all)
        if ((limit.scope == AccumulatorScope::Family || other.patient == self.patient) &&
            other.network == network && runs_against(year, other) && decided_before(other, self))
            sum = sum + adds_to(limit.kind, other);
    return sum;
}

} // namespace

TEST_CASE(
    "counted before: for each claim it is the sum of what was decided before it, for person and family") {
    auto const all = mixed_claims();
    PlanYear year;
    year.period = calendar_year(Date{2025, 6, 1});
    int sums = 0;
    for (auto const scope : {AccumulatorScope::Individual, AccumulatorScope::Family})
        for (bool const in_network : {true, false}) {
            PlanLimit limit;
            limit.kind = AccumulatorKind::Deductible;
            limit.scope = scope;
            limit.in_network = in_network;
            CountedBefore const counted(limit, year, all);
            for (auto const& self : all) {
                auto const wanted = plainly(self, limit, year, all);
                CHECK(counted.before(self) == wanted);
                sums += wanted.is_zero() ? 0 : 1;
            }
            // One that is none of them stands where the payer decided it.
            auto other = all.front();
            other.id = EobId("eob-5-other");
            CHECK(counted.before(other) == plainly(other, limit, year, all));
            other.patient = PatientId("nobody");
            CHECK(counted.before(other) == plainly(other, limit, year, all));
        }
    CHECK(sums > 1000); // they are not all of nothing
}
