#include "shared/domain/accumulators_then.h"
#include "tests/domain/eob_builder.h"
#include "tests/support/catch.h"

using namespace portico;
using namespace portico::test;
using enum AmountCategory;

namespace {

PlanYear const year{{on("2025-01-01"), on("2025-12-31")},
                    {{AccumulatorKind::Deductible, AccumulatorScope::Individual, true, {10000}},
                     {AccumulatorKind::OutOfPocket, AccumulatorScope::Family, true, {20000}}},
                    LineOfBusiness::Employer,
                    {}};

/// Deductible 60, coinsurance 18; decided seven days after the service.
Eob shared(std::string id, std::string_view day) {
    Eob eob = visit(std::move(id), day);
    eob.lines.clear();
    eob.totals = {amount(Submitted, "200"), amount(Deductible, "60"), amount(Coinsurance, "18"),
                  amount(Benefit, "72")};
    return eob;
}

std::vector<DecidedFacts> facts(std::vector<Eob> const& eobs) {
    std::vector<DecidedFacts> all;
    for (auto const& eob : eobs)
        all.push_back({facts_of(eob), eob.status == EobStatus::Cancelled});
    return all;
}

/// Deductible before and after, then the family's out of pocket before and after.
using Then = std::vector<std::int64_t>;
Then then(std::vector<Eob> const& eobs, std::string of, PlanYear const& in = year) {
    Then out;
    for (auto const& each : accumulators_then(in, facts(eobs), EobId(std::move(of)), PatientId("alex"))) {
        out.push_back(each.met_before.cents);
        out.push_back(each.met_after.cents);
    }
    return out;
}

Eob reversal_of(Eob const& eob, std::string id, std::string_view decided) {
    auto out = eob;
    out.replaces = eob.id;
    out.id = EobId(std::move(id));
    out.created = on(decided);
    for (auto& entry : out.totals)
        entry.amount = -*entry.amount;
    return out;
}

} // namespace

TEST_CASE("accumulators then: what was decided later counts neither before nor after") {
    std::vector<Eob> const eobs{shared("a", "2025-02-01"), shared("b", "2025-03-01"),
                                shared("c", "2025-04-01")};
    CHECK(then(eobs, "a") == Then{0, 6000, 0, 7800});
    CHECK(then(eobs, "b") == Then{6000, 12000, 7800, 15600});
    CHECK(then(eobs, "c") == Then{12000, 18000, 15600, 23400});
}

TEST_CASE("accumulators then: it is the day of the decision that counts and not that of the service") {
    auto late = shared("late", "2025-01-05");
    late.created = on("2025-09-01");
    CHECK(then({late, shared("b", "2025-03-01")}, "b") == Then{0, 6000, 0, 7800});
    CHECK(then({late, shared("b", "2025-03-01")}, "late") == Then{6000, 12000, 7800, 15600});
}

TEST_CASE("accumulators then: of one day the smaller id was decided before") {
    std::vector<Eob> const eobs{shared("b", "2025-03-01"), shared("a", "2025-03-01")};
    CHECK(then(eobs, "a") == Then{0, 6000, 0, 7800});
    CHECK(then(eobs, "b") == Then{6000, 12000, 7800, 15600});
}

TEST_CASE("accumulators then: a claim counted until another replaced it, also when it is cancelled today") {
    auto old = shared("a", "2025-02-01");
    old.replaced_by = EobId("n");
    auto newer = shared("n", "2025-02-01");
    newer.created = on("2025-06-01");
    newer.replaces = EobId("a");
    set(newer.totals, Deductible, "10");
    auto const between = shared("m", "2025-03-01");
    for (auto const status : {EobStatus::Active, EobStatus::Cancelled}) {
        old.status = status;
        CAPTURE(static_cast<int>(status));
        CHECK(then({old, newer, between}, "a") == Then{0, 6000, 0, 7800});
        CHECK(then({old, newer, between}, "m") == Then{6000, 12000, 7800, 15600});
        // The old one goes and the new one comes in one step.
        CHECK(then({old, newer, between}, "n") == Then{12000, 7000, 15600, 10600});
    }
}

TEST_CASE(
    "accumulators then: cancelled by nothing that is here it never counted, nor one that was an error") {
    auto gone = shared("a", "2025-02-01");
    gone.status = EobStatus::Cancelled;
    CHECK(then({gone, shared("b", "2025-03-01")}, "b") == Then{0, 6000, 0, 7800});
    gone.replaced_by = EobId("not-here");
    CHECK(then({gone, shared("b", "2025-03-01")}, "b") == Then{0, 6000, 0, 7800});
    auto wrong = shared("a", "2025-02-01");
    wrong.status = EobStatus::EnteredInError;
    wrong.replaced_by = EobId("n");
    auto newer = shared("n", "2025-06-01");
    newer.replaces = EobId("a");
    CHECK(then({wrong, newer, shared("b", "2025-03-01")}, "b") == Then{0, 6000, 0, 7800});
}

TEST_CASE("accumulators then: a reversal takes back from its own day on") {
    auto old = shared("a", "2025-02-01");
    auto const reversal = reversal_of(old, "r", "2025-05-01");
    for (bool const linked : {false, true}) {
        if (linked)
            old.replaced_by = EobId("r");
        std::vector<Eob> const eobs{old, reversal, shared("m", "2025-03-01"), shared("z", "2025-07-01")};
        CHECK(then(eobs, "a") == Then{0, 6000, 0, 7800});
        CHECK(then(eobs, "m") == Then{6000, 12000, 7800, 15600});
        CHECK(then(eobs, "r") == Then{12000, 6000, 15600, 7800});
        CHECK(then(eobs, "z") == Then{6000, 12000, 7800, 15600});
    }
}

TEST_CASE("accumulators then: the family's figure has all of the family, the member's own has the member") {
    auto child = shared("c", "2025-02-01");
    child.patient = PatientId("robin");
    child.sensitive = true;
    CHECK(then({child, shared("b", "2025-03-01")}, "b") == Then{0, 6000, 7800, 15600});
}

TEST_CASE("accumulators then: a claim that counts nowhere changes nothing") {
    auto dental = shared("d", "2025-03-01");
    dental.kind = ClaimKind::Oral;
    CHECK(then({shared("a", "2025-02-01"), dental}, "d") == Then{6000, 6000, 7800, 7800});
    auto open = shared("o", "2025-03-01");
    open.outcome = ClaimOutcome::Queued;
    CHECK(then({shared("a", "2025-02-01"), open}, "o") == Then{6000, 6000, 7800, 7800});
}

TEST_CASE("accumulators then: without the claim or its day there is nothing to say") {
    auto undated = shared("u", "2025-03-01");
    undated.created = {};
    CHECK(then({undated}, "u").empty());
    CHECK(then({shared("a", "2025-02-01")}, "b").empty());
    CHECK(then({}, "a").empty());
    auto bare = year;
    bare.limits.clear();
    CHECK(then({shared("a", "2025-02-01")}, "a", bare).empty());
}

TEST_CASE("accumulators then: links in a circle and to nobody end") {
    auto a = shared("a", "2025-02-01");
    auto b = shared("b", "2025-03-01");
    a.replaces = a.replaced_by = EobId("b");
    b.replaces = b.replaced_by = EobId("a");
    CHECK(then({a, b}, "a").size() == 4);
    a.replaces = a.replaced_by = EobId("a");
    b.replaces = b.replaced_by = EobId("nobody");
    CHECK(then({a, b}, "b").size() == 4);
}

TEST_CASE("accumulators then: a claim runs in the year of its service, under a coverage that it names") {
    auto last = year;
    last.period = {on("2024-01-01"), on("2024-12-31")};
    auto other = year;
    other.coverages = {CoverageId("other")};
    auto own = year;
    own.coverages = {CoverageId("own")};
    std::vector<PlanYear> const years{last, other, own};
    auto eob = shared("a", "2025-02-01");
    CHECK(plan_year_of(years, facts_of(eob)) == nullptr); // two could be meant
    eob.coverages = {CoverageId("unknown"), CoverageId("own")};
    CHECK(plan_year_of(years, facts_of(eob)) == &years[2]);
    eob.coverages = {CoverageId("unknown")};
    CHECK(plan_year_of(years, facts_of(eob)) == nullptr);
    eob.coverages.clear();
    eob.service = {on("2024-12-31"), on("2025-01-04")};
    CHECK(plan_year_of(years, facts_of(eob)) == &years[0]);
    eob.service = {};
    CHECK(plan_year_of(years, facts_of(eob)) == nullptr);
}

TEST_CASE("accumulators then: what is left is never less than nothing") {
    CHECK(left_of(Money{150000}, Money{60000}) == Money{90000});
    CHECK(left_of(Money{150000}, Money{150000}) == Money{0});
    CHECK(left_of(Money{150000}, Money{150001}) == Money{0});
}
