#include "tests/central/cases/behalf_bench.h"

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {} // namespace

TEST_CASE("on behalf: a proof holds for half an hour, and no second longer") {
    CallerBench bench;
    BehalfCall call(bench);
    call.verified_by_way("own_session");
    bench.clock.advance(std::chrono::minutes(30) - std::chrono::microseconds(1));
    CHECK(call.push(call.asks_dispute()) == "applied");
    bench.clock.advance(std::chrono::microseconds(1));
    CHECK(call.push(call.asks_card()) == "verification_needed");
}

TEST_CASE("on behalf: what was captured in time is applied when it arrives after the case was closed") {
    VerifiedCall is;
    auto const asked = is.call.asks_dispute();
    auto const message = is.call.writes("We look into it.");
    is.bench.clock.advance(minute);
    CHECK(is.call.rep.close(is.call.id).empty());
    is.bench.clock.advance(24 * hour);
    CHECK(is.call.push(asked) == "applied");
    CHECK(is.call.push(message) == "applied");
}

TEST_CASE("on behalf: what was captured after the case was closed is refused") {
    VerifiedCall is;
    CHECK(is.call.rep.close(is.call.id).empty());
    CHECK(is.call.push(is.call.asks_dispute()) == "case_closed_before");
    CHECK(is.call.push(is.call.writes("One more thing.")) == "case_closed_before");
    CHECK(is.call.push(is.call.promises(is.call.day())) == "case_closed_before");
    CHECK(is.requests().empty());
}

TEST_CASE("on behalf: what was captured before the caller was verified stays unverified") {
    CallerBench bench;
    BehalfCall call(bench);
    auto const early = call.asks_dispute();
    bench.clock.advance(minute);
    call.verified_by_way("own_session");
    CHECK(call.push(early) == "verification_needed");
    // Nor does a new question of half an hour later undo what was so before.
    auto const asked = call.asks_dispute();
    bench.clock.advance(hour);
    call.verified_by_way("own_session");
    CHECK(call.push(asked) == "applied");
}

TEST_CASE("on behalf: a desk that dates back gains nothing") {
    CallerBench bench;
    BehalfCall call(bench);
    bench.clock.advance(10 * minute);
    call.verified_by_way("own_session");
    bench.clock.advance(minute);
    auto const dated = [&](api::Operation asked, std::chrono::microseconds from_now) {
        asked.captured_at = to_rfc3339(bench.clock.now() + from_now);
        return call.push(asked);
    };
    CHECK(dated(call.asks_dispute(), -17 * minute) == "captured_outside_session");
    // Before its session, which for a member's kiosk counts as the session's last moment.
    CHECK(dated(call.asks_dispute(), -12 * minute) == "case_unknown"); // it was about nobody
    CHECK(dated(call.writes("Hello."), -12 * minute) == "case_unknown");
    CHECK(dated(call.asks_dispute(), -2 * minute) == "verification_needed");
    CHECK(must(bench.ledger->requests_of(PatientId("alex"))).requests.empty());
    CHECK(dated(call.asks_dispute(), -30 * second) == "applied");
}

TEST_CASE("on behalf: a desk that has told of later things dates nothing back into a proof of before") {
    VerifiedCall is;
    auto const proven = to_rfc3339(is.bench.clock.now());
    auto const waited = is.call.asks_dispute(); // in the outbox, in its turn
    is.bench.clock.advance(2 * hour);
    CHECK(is.call.push(waited) == "applied");
    auto dated = is.call.asks_card();
    dated.captured_at = proven;
    CHECK(is.call.push(dated) == "applied"); // nothing says otherwise yet
    CHECK(is.call.push(is.call.writes("Hello.")) == "applied");
    dated = is.call.asks_card();
    dated.captured_at = proven;
    CHECK(is.call.push(dated) == "captured_backwards");
    // A clock that is put right by a little stops nobody.
    is.call.verify(is.alex);
    is.bench.clock.advance(6 * minute);
    CHECK(is.call.push(is.call.writes("Hello.")) == "applied");
    auto put_right = is.call.asks_card();
    put_right.captured_at = to_rfc3339(is.bench.clock.now() - 4 * minute);
    CHECK(is.call.push(put_right) == "applied");
}

TEST_CASE("on behalf: a desk that was fast and is put right goes on") {
    VerifiedCall is;
    auto fast = is.call.asks_dispute();
    fast.captured_at = to_rfc3339(is.bench.clock.now() + 3 * hour);
    CHECK(is.call.push(fast) == "applied");
    is.bench.clock.advance(second);
    CHECK(is.call.push(is.call.asks_card()) == "applied");
}

TEST_CASE("on behalf: a desk whose clock is fast has asked for it by the time it is here") {
    CallerBench bench;
    BehalfCall call(bench);
    auto early = call.asks_dispute();
    early.captured_at = to_rfc3339(bench.clock.now() + 5 * minute);
    CHECK(call.push(early) == "verification_needed");
    call.verified_by_way("own_session");
    auto fast = call.asks_dispute();
    fast.captured_at = to_rfc3339(bench.clock.now() + 40 * minute);
    CHECK(call.push(fast) == "applied");
    CHECK(call.rep.close(call.id).empty());
    auto late = call.asks_card();
    late.captured_at = to_rfc3339(bench.clock.now() + 13 * hour);
    CHECK(call.push(late) == "captured_outside_session");
}

TEST_CASE("on behalf: a case about nobody, and one about somebody only later, ask for nothing") {
    CallerBench bench;
    BehalfCall call(bench);
    auto const id = call.rep.open();
    auto early = call.writes("Hello.");
    early.on_behalf_case = id;
    CHECK(call.push(early) == "case_unknown");
    auto second_try = call.writes("Hello.");
    second_try.on_behalf_case = id;
    bench.clock.advance(second);
    api::IdentifyCaller said = says_alex(id);
    REQUIRE(call.rep.identify(said).empty());
    CHECK(call.push(second_try) == "case_unknown");
}

TEST_CASE("on behalf: who a case was taken from keeps what they asked for before, and nothing after") {
    VerifiedCall is;
    CaseDesk lead(is.bench, "Kim Lead", {StaffRole::Supervisor});
    auto const before = is.call.asks_dispute();
    is.bench.clock.advance(second);
    CHECK(lead.take(is.call.id).empty());
    CHECK(is.call.push(before) == "applied");
    CHECK(is.call.push(is.call.asks_card()) == "case_unknown");
    CHECK(is.call.push(is.call.writes("Hello.")) == "case_unknown");
    // What the rep was shown is nothing to the supervisor, who was not on that call.
    BehalfCall of_lead(is.bench, lead, is.call.id);
    CHECK(of_lead.push(of_lead.asks_card()) == "verification_needed");
    CHECK(of_lead.push(of_lead.writes("I have your case now.")) == "applied");
    of_lead.verified_by_way("own_session");
    CHECK(of_lead.push(of_lead.asks_card()) == "applied");
}

TEST_CASE("on behalf: a case that an older program has handed on is nobody's in doubt") {
    VerifiedCall is;
    CaseDesk lead(is.bench, "Kim Lead", {StaffRole::Supervisor});
    is.bench.run("UPDATE case_file SET owner = '" + lead.staff().text() + "' WHERE id = '" + is.call.id +
                 "'");
    CHECK(is.call.push(is.call.asks_dispute()) == "case_unknown");
}

TEST_CASE("on behalf: the session may have ended since, and a desk signs what it sends by its own") {
    VerifiedCall is;
    auto const asked = is.call.asks_dispute();
    must(is.bench.sessions->end_all_of_terminal(is.call.rep.caller().terminal));
    is.bench.clock.advance(std::chrono::hours(30 * 24));
    CHECK(is.call.push(asked) == "applied");
}
