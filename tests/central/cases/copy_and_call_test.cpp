#include "tests/central/cases/behalf_bench.h"

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

constexpr auto day = std::chrono::hours(24);

std::string ask_copy(OperationsBench& bench, std::string const& token, std::string const& eob = "alex-eob") {
    auto made = bench.operation(token);
    made.request_mailed_eob = api::RequestMailedEob{eob};
    return bench.push(made);
}

} // namespace

TEST_CASE("mailed copy: a member with two factors asks for one of an EOB of theirs, once in seven days") {
    OperationsBench bench;
    CHECK(ask_copy(bench, "") == "session_needed");
    CHECK(ask_copy(bench, bench.sign_in("alex", Assurance::OneFactor)) == "step_up_needed");
    CHECK(ask_copy(bench, bench.sign_in("sam")) == "eob_not_found");
    CHECK(ask_copy(bench, bench.sign_in("alex")) == "applied");
    CHECK(ask_copy(bench, bench.sign_in("alex")) == "copy_asked_already");
    CHECK(ask_copy(bench, bench.sign_in("alex"), "alex-eob-2") == "applied");
    CHECK(bench.mails().size() == 2);
    CHECK(bench.mails()[0].subject.find("copy") != std::string::npos);
    CHECK(bench.mails()[0].text.find("CLM-1") == std::string::npos);
    auto const requests = must(bench.ledger->requests_of(PatientId("alex"))).requests;
    auto const applied = std::count_if(requests.begin(), requests.end(), [](auto const& entry) {
        return entry.kind == OperationKind::RequestMailedEob && entry.state == OperationState::Applied &&
               entry.summary == "CLM-1" && !entry.on_behalf;
    });
    CHECK(applied == 2);
    bench.clock.advance(7 * day - std::chrono::seconds(1));
    CHECK(ask_copy(bench, bench.sign_in("alex")) == "copy_asked_already");
    bench.clock.advance(std::chrono::seconds(1));
    CHECK(ask_copy(bench, bench.sign_in("alex")) == "applied");
}

TEST_CASE("mailed copy: none to an address that nobody has, or that waits out its hold") {
    OperationsBench bench;
    CHECK(!bench.hold_a_change(bench.sign_in("alex")).empty());
    CHECK(ask_copy(bench, bench.sign_in("alex")) == "address_change_waits");
    bench.facts.members["sam"].address = {};
    CHECK(ask_copy(bench, bench.sign_in("sam"), "sam-eob") == "no_postal_address");
    bench.clock.advance(25 * std::chrono::hours(1));
    CHECK(ask_copy(bench, bench.sign_in("alex")) == "applied");
}

TEST_CASE("mailed copy: staff send it within two business days, and one they refuse may be asked again") {
    OperationsBench bench;
    auto made = bench.operation(bench.sign_in("alex"));
    made.request_mailed_eob = api::RequestMailedEob{"alex-eob"};
    CHECK(bench.push(made) == "applied");
    auto const entry = bench.queued_of("mailed_eob");
    CHECK(entry.detail == "alex alex-eob");
    CHECK(work_due_us("mailed_eob", entry.at_us) == work_due_us("mailed_card", entry.at_us));
    CHECK(bench.decide(entry.id, StaffDecision::Refused, "claim_is_right") == "reason_unknown");
    CHECK(bench.decide(entry.id, StaffDecision::Refused, "address_not_deliverable").empty());
    CHECK(bench.request_state("alex", made.id) == "refused: address_not_deliverable");
    CHECK(ask_copy(bench, bench.sign_in("alex")) == "applied");
}

TEST_CASE("call-back: one that is promised is due by the end of its day") {
    CallerBench bench;
    BehalfCall call(bench);
    auto const asked = call.promises(call.day(3));
    CHECK(call.push(asked) == "applied");
    auto const entry = bench.queued_of("call_back_promised");
    CHECK(entry.detail == "alex\nThe bill of March");
    CHECK(entry.reason.empty());
    CHECK(to_rfc3339(from_micros(entry.due_us)) == call.day(3) + "T23:59:59.999999Z");
    auto const items =
        must(call.rep.ask<&list_work>("work_read", {std::string(call_back_promised_kind), {}})).items;
    REQUIRE(items.size() == 1);
    CHECK(items[0].due == call.day(3) + "T23:59:59.999999Z");
    CHECK(bench.request_state("alex", asked.id) == "waiting");
    CHECK(bench.decide(entry.id, StaffDecision::Applied).empty());
    CHECK(bench.request_state("alex", asked.id) == "applied");
}

TEST_CASE("call-back: of days, words and numbers none that cannot be kept") {
    CallerBench bench;
    BehalfCall call(bench);
    CHECK(call.push(call.promises(call.day(-1))) == "date_out_of_range");
    CHECK(call.push(call.promises(call.day(31))) == "date_out_of_range");
    for (auto const* text : {"", "tomorrow", "2026", "2026-13-01", "2027-1-5", "2027-01-20T10:00:00Z"})
        CHECK(call.push(call.promises(text)) == "date_invalid");
    CHECK(call.push(call.promises(call.day(), "")) == "about_invalid");
    CHECK(call.push(call.promises(call.day(), "  ")) == "about_invalid");
    CHECK(call.push(call.promises(call.day(), std::string(201, 'x'))) == "about_invalid");
    CHECK(call.push(call.promises(call.day(), "two\nlines")) == "about_invalid");
    CHECK(call.push(call.promises(call.day(), std::string(200, 'x'))) == "applied");
    CHECK(call.push(call.promises(call.day(30))) == "applied");
    for (int i = 2; i < 10; ++i)
        CHECK(call.push(call.promises(call.day(i))) == "applied");
    CHECK(call.push(call.promises(call.day())) == "call_backs_many");
    bench.facts.members["alex"].phone.clear();
    CHECK(call.push(call.promises(call.day())) == "no_number_on_file");
}
