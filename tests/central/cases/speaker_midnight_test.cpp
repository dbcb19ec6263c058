#include "shared/base/rfc3339.h"
#include "tests/central/cases/speaker_bench.h"

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

/// A plan in Boston, at a moment, with an authority of Casey's over Robin.
struct BostonPlan {
    explicit BostonPlan(char const* moment) {
        bench.settings.time_zone = must(TimeZone::load("America/New_York"));
        bench.clock.advance(must(from_rfc3339(moment)) - bench.clock.now());
    }
    /// "" or why nobody can speak by it now.
    std::string chosen(Period const& period) {
        auto form = FamilyBench::form("robin", "casey");
        form.terms.period = period;
        SpokenCall call(bench, "robin");
        return call.choose(bench.enter(form));
    }

    FamilyBench bench;
};

std::string chosen_until(char const* moment, Date last) {
    return BostonPlan(moment).chosen({Date{}, last});
}

std::string chosen_from(char const* moment, Date first) {
    return BostonPlan(moment).chosen({first, Date{}});
}

} // namespace

TEST_CASE("speakers: an authority ends with its last day where the plan is, not with that of UTC") {
    Date const last{2027, 1, 20};
    CHECK(chosen_until("2027-01-21T00:30:00Z", last).empty()); // half past seven in the evening there
    CHECK(chosen_until("2027-01-21T04:59:59Z", last).empty());
    CHECK(chosen_until("2027-01-21T05:00:00Z", last) == "authority_ended");
}

TEST_CASE("speakers: an authority begins with its first day where the plan is") {
    Date const first{2027, 1, 21};
    CHECK(chosen_from("2027-01-21T04:59:59Z", first) == "authority_not_yet");
    CHECK(chosen_from("2027-01-21T05:00:00Z", first).empty());
}

TEST_CASE("speakers: a last day on which the clocks are put forward or back ends at its own midnight") {
    // 23 hours long: it begins at five, UTC, and ends at four.
    Date const forward{2027, 3, 14};
    CHECK(chosen_from("2027-03-14T04:59:59Z", forward) == "authority_not_yet");
    CHECK(chosen_from("2027-03-14T05:00:00Z", forward).empty());
    CHECK(chosen_until("2027-03-15T03:59:59Z", forward).empty());
    CHECK(chosen_until("2027-03-15T04:00:00Z", forward) == "authority_ended");
    // 25 hours long.
    Date const back{2027, 11, 7};
    CHECK(chosen_from("2027-11-07T03:59:59Z", back) == "authority_not_yet");
    CHECK(chosen_from("2027-11-07T04:00:00Z", back).empty());
    CHECK(chosen_until("2027-11-08T04:59:59Z", back).empty());
    CHECK(chosen_until("2027-11-08T05:00:00Z", back) == "authority_ended");
}

TEST_CASE("speakers: a child is eighteen from midnight on where the plan is") {
    // Kim's birthday is the 16th.
    BostonPlan evening("2027-01-16T04:59:59Z");
    CHECK(SpokenCall(evening.bench, "kim").speakers().size() == 2);
    BostonPlan midnight("2027-01-16T05:00:00Z");
    CHECK(SpokenCall(midnight.bench, "kim").speakers().empty());
}

TEST_CASE("on behalf by authority: one counts that was written down on its last day where the plan is") {
    BostonPlan plan("2027-01-21T04:50:00Z");
    auto& bench = plan.bench;
    SpokenCall call(bench, "robin");
    BehalfCall behalf(bench, call.rep, call.id);
    auto form = FamilyBench::form("robin", "casey", {AuthorityScope::Cards});
    form.terms.period.end = Date{2027, 1, 20};
    REQUIRE(call.choose(bench.enter(form)).empty());
    call.proven_by("text_code");
    bench.clock.advance(std::chrono::seconds(1));
    auto const before = behalf.asks_card();
    bench.clock.advance(std::chrono::minutes(10));
    CHECK(behalf.push(before) == "applied");
    CHECK(behalf.push(behalf.asks_card("stolen")) == "authority_ended");
}
