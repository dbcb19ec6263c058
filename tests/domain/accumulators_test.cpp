#include "shared/domain/accumulators.h"
#include "tests/domain/eob_builder.h"
#include "tests/support/catch.h"

using namespace portico;
using namespace portico::test;
using enum AmountCategory;

namespace {
PlanYear const year{{on("2025-01-01"), on("2025-12-31")},
                    {{AccumulatorKind::Deductible, AccumulatorScope::Individual, true, {150000}},
                     {AccumulatorKind::OutOfPocket, AccumulatorScope::Individual, true, {600000}},
                     {AccumulatorKind::OutOfPocket, AccumulatorScope::Family, true, {1200000}},
                     {AccumulatorKind::OutOfPocket, AccumulatorScope::Individual, false, {900000}}},
                    LineOfBusiness::Employer,
                    {}};

std::vector<std::int64_t> met(std::vector<Eob> const& eobs, PlanYear const& in = year) {
    std::vector<EobFacts> all;
    for (auto const& eob : eobs)
        all.push_back(facts_of(eob));
    mark_counted(all);
    std::vector<std::int64_t> out;
    for (auto const& each : accumulators(in, all, PatientId("alex")))
        out.push_back(each.met.cents);
    return out;
}
/// Deductible 60, coinsurance 18 of an allowed 150: 60 + 20 % of 90.
Eob shared(std::string id, std::string_view day) {
    Eob eob = visit(std::move(id), day);
    eob.lines.clear();
    eob.totals = {amount(Submitted, "200"),  amount(Eligible, "150"), amount(Deductible, "60"),
                  amount(Coinsurance, "18"), amount(Benefit, "72"),   amount(Noncovered, "0")};
    return eob;
}
using Met = std::vector<std::int64_t>;
} // namespace

TEST_CASE("accumulators: deductible, copay and coinsurance are counted for the member and the family") {
    auto child = shared("c", "2025-05-01");
    child.patient = PatientId("robin");
    CHECK(met({shared("a", "2025-02-01"), visit("b", "2025-03-01"), child}) == Met{6000, 10300, 18100, 0});
}

TEST_CASE("accumulators: without a claim nothing is met") {
    CHECK(met({}) == Met{0, 0, 0, 0});
}

TEST_CASE("accumulators: what is not covered counts nowhere") {
    auto eob = shared("a", "2025-02-01");
    set(eob.totals, Noncovered, "500");
    CHECK(met({eob}) == Met{6000, 7800, 7800, 0});
}

TEST_CASE("accumulators: in and out of network are counted apart, unknown as in network") {
    auto out = shared("a", "2025-02-01");
    out.billing_network = out.payment_network = NetworkStatus::OutOfNetwork;
    auto unknown = shared("b", "2025-02-02");
    unknown.billing_network = unknown.payment_network = NetworkStatus::Unknown;
    CHECK(met({out, unknown}) == Met{6000, 7800, 7800, 7800});
}

TEST_CASE("accumulators: the year of the first day of service counts") {
    auto stay = shared("a", "2025-12-30");
    stay.service.end = on("2026-01-04");
    auto before = shared("b", "2024-12-30");
    before.service.end = on("2025-01-04");
    CHECK(met({stay, before}) == Met{6000, 7800, 7800, 0});
}

TEST_CASE("accumulators: a replacement counts in place of what it replaces") {
    auto old = shared("a", "2025-02-01");
    old.status = EobStatus::Cancelled;
    old.replaced_by = EobId("b");
    auto newer = visit("b", "2025-02-01");
    newer.replaces = EobId("a");
    CHECK(met({old, newer}) == Met{0, 2500, 2500, 0});
    old.status = EobStatus::Active; // left active by mistake: still counted once
    CHECK(met({old, newer}) == Met{0, 2500, 2500, 0});
    newer.status = EobStatus::Cancelled; // the replacement itself fell away
    old.replaced_by.reset();
    CHECK(met({old, newer}) == Met{6000, 7800, 7800, 0});
}

TEST_CASE("accumulators: a reversal and what it takes back come to nothing") {
    auto const old = shared("a", "2025-02-01");
    auto reversal = shared("b", "2025-02-01");
    reversal.replaces = EobId("a");
    for (auto& entry : reversal.totals)
        entry.amount = -*entry.amount;
    CHECK(met({old, reversal}) == Met{0, 0, 0, 0});
    auto cancelled = old;
    cancelled.status = EobStatus::Cancelled;
    CHECK(met({cancelled, reversal}) == Met{0, 0, 0, 0});
}

TEST_CASE("accumulators: dental and, under Medicare Advantage, pharmacy claims have maxima of their own") {
    auto dental = shared("a", "2025-02-01");
    dental.kind = ClaimKind::Oral;
    auto drug = shared("b", "2025-02-01");
    drug.kind = ClaimKind::Pharmacy;
    CHECK(met({dental, drug}) == Met{6000, 7800, 7800, 0});
    auto medicare = year;
    medicare.line_of_business = LineOfBusiness::MedicareAdvantage;
    CHECK(met({dental, drug}, medicare) == Met{0, 0, 0, 0});
}

TEST_CASE("accumulators: claims of another coverage do not count") {
    auto plan = year;
    plan.coverages = {CoverageId("cov-1")};
    auto eob = shared("a", "2025-02-01");
    eob.coverages = {CoverageId("cov-2")};
    CHECK(met({eob}, plan) == Met{0, 0, 0, 0});
    eob.coverages = {CoverageId("cov-2"), CoverageId("cov-1")};
    CHECK(met({eob}, plan) == Met{6000, 7800, 7800, 0});
}
