#include "shared/domain/claim_filter.h"
#include "shared/domain/claim_timeline.h"
#include "tests/domain/eob_builder.h"
#include "tests/support/catch.h"

using namespace portico;
using namespace portico::test;
using Status = ClaimFilter::Status;

namespace {
EobSummary claim(std::string id, std::string_view day, std::string provider, std::int64_t asked = 20000) {
    EobSummary out;
    out.id = EobId(std::move(id));
    out.patient_given_name = "Alex";
    out.outcome = ClaimOutcome::Complete;
    out.service_start = on(day);
    out.created = on(day);
    out.provider_name = std::move(provider);
    out.flow.asked = Money{asked};
    return out;
}
std::vector<EobSummary> some() {
    auto a = claim("a", "2025-01-10", "Testville Clinic");
    auto b = claim("b", "2025-03-10",
                   "\xC3\x81ngela Ord\xC3\xB3\xC3\xB1"
                   "ez, MD",
                   5000);
    b.finding_count = 1;
    auto c = claim("c", "2025-02-10", "Testville Pharmacy", 999);
    c.patient_given_name = "Robin";
    c.outcome = ClaimOutcome::Queued;
    auto d = claim("d", "2025-02-10", "CLINIC OF EXAMPLETON");
    d.flow.asked.reset();
    return {a, b, c, d};
}
std::string ids(ClaimFilter const& filter) {
    auto const all = some();
    std::string out;
    for (auto const index : filter_claims(all, filter).order)
        out += all[index].id.text();
    return out;
}
} // namespace

TEST_CASE("claim filter: everything, newest service first, ties by id") {
    CHECK(ids({}) == "bcda");
}

TEST_CASE("claim filter: part of a provider's name is enough, accents and case do not matter") {
    ClaimFilter filter;
    for (auto const& [typed, found] : std::vector<std::pair<std::string, std::string>>{{"clinic", "da"},
                                                                                       {"ordonez", "b"},
                                                                                       {"ANGELA", "b"},
                                                                                       {"\xC3\xA1ngel", "b"},
                                                                                       {"Ordo\xCC\x81", "b"},
                                                                                       {"nobody", ""}}) {
        filter.provider = typed;
        CHECK(ids(filter) == found);
    }
}

TEST_CASE("claim filter: person, dates and amounts narrow the list, ends included") {
    ClaimFilter filter;
    filter.person = "Robin";
    CHECK(ids(filter) == "c");
    filter = {};
    filter.from = on("2025-02-10");
    CHECK(ids(filter) == "bcd");
    filter.to = on("2025-02-10");
    CHECK(ids(filter) == "cd");
    filter = {};
    filter.amount_min = Money{5000};
    CHECK(ids(filter) == "ba");
    filter.amount_max = Money{5000};
    CHECK(ids(filter) == "b");
}

TEST_CASE("claim filter: the counts by status do not depend on the status asked for") {
    auto const all = some();
    ClaimFilter filter;
    filter.status = Status::LookAgain;
    auto found = filter_claims(all, filter);
    CHECK(found.counts.total == 1);
    CHECK(found.counts.look_again == 1);
    CHECK(found.counts.in_progress == 1);
    CHECK(found.counts.done == 2);
    filter.status = Status::Done;
    filter.provider = "testville";
    found = filter_claims(all, filter);
    CHECK(found.counts.total == 1);
    CHECK(found.counts.look_again == 0);
    CHECK(found.counts.in_progress == 1);
    CHECK(found.counts.done == 1);
}

TEST_CASE("claim filter: a replaced or cancelled claim is not in progress") {
    auto queued = claim("a", "2025-01-10", "X");
    queued.outcome = ClaimOutcome::Queued;
    CHECK(status_of(queued) == Status::InProgress);
    queued.replaced = true;
    CHECK(status_of(queued) == Status::Done);
    queued.replaced = false;
    queued.status = EobStatus::Cancelled;
    CHECK(status_of(queued) == Status::Done);
    CHECK(claim_status_from_name("in_progress").value() == Status::InProgress);
    CHECK(claim_status_from_name("").value() == Status::Any);
    CHECK(claim_status_from_name("open").error().reason == "status_invalid");
}

TEST_CASE("claim filter: letters lose their accents and other scripts stay") {
    CHECK(search_text("Stra\xC3\x9F"
                      "e \xC5\x81\xC3\xB3"
                      "d\xC5\xBA \xC4\xB0") == "strase lodz i");
    CHECK(search_text("\xE1\x9E\x9F\xE1\x9E\xB6") == "\xE1\x9E\x9F\xE1\x9E\xB6");
    CHECK(search_text("3 \xC3\x97 4") == "3 \xC3\x97 4");
    CHECK(search_text("cut \xC3") == "cut \xC3");
}

namespace {
std::string steps(Eob const& eob, Date replaced_on = {}) {
    std::string out;
    for (auto const& step : timeline(eob, replaced_on))
        out += std::string(out.empty() ? "" : " ") + name(step.step) +
               (step.on.is_empty() ? "" : "@" + step.on.text());
    return out;
}
} // namespace

TEST_CASE("claim timeline: a paid claim ends with its payment") {
    auto eob = visit();
    eob.received = on("2025-03-12");
    eob.paid_on = on("2025-03-20");
    CHECK(steps(eob) == "service@2025-03-10 received@2025-03-12 decided@2025-03-17 paid@2025-03-20");
}

TEST_CASE("claim timeline: what is still to come is the next step") {
    auto eob = visit();
    eob.outcome = ClaimOutcome::Queued;
    CHECK(steps(eob) == "service@2025-03-10 received next");
    eob.outcome = ClaimOutcome::Complete;
    CHECK(steps(eob) == "service@2025-03-10 received decided@2025-03-17 next"); // 125.00 not yet paid out
    set(eob.totals, AmountCategory::Benefit, "0");
    CHECK(steps(eob) == "service@2025-03-10 received decided@2025-03-17"); // the plan owes nothing
}

TEST_CASE("claim timeline: a replaced claim ends with the day the newer one was decided") {
    auto eob = visit();
    eob.status = EobStatus::Cancelled;
    eob.replaced_by = EobId("b");
    CHECK(steps(eob, on("2025-05-02")) ==
          "service@2025-03-10 received decided@2025-03-17 replaced@2025-05-02");
}

TEST_CASE("claim timeline: an estimate was given and nothing more") {
    auto eob = visit();
    eob.use_is_claim = false;
    CHECK(steps(eob) == "service@2025-03-10");
}
