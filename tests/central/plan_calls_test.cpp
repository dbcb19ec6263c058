#include "tests/central/call_bench.h"

#include <set>

using namespace portico;
using namespace portico::central;
namespace known = sample::known;
using portico::test::CallBench;
using portico::test::eob_line;
using portico::test::patient_line;

namespace {

std::string const alex(known::alex_patient_id);

} // namespace

TEST_CASE("member calls: without a session there is no answer, and staff are no members") {
    CallBench bench;
    CHECK(bench.call(home, "nobody signed in").error().reason == "session_needed");
    CHECK(bench.call(claims, "nobody signed in").error().kind == ErrorKind::Unauthenticated);
    CHECK(bench.call(eob, "", {}, "e1").error().reason == "members_only");
    CHECK(bench.call(contact_details, "").error().kind == ErrorKind::Forbidden);
    CHECK(bench.call(id_card, "nobody signed in").error().reason == "session_needed");
}

TEST_CASE("member calls: home shows who, the plan, the accumulators and the newest claim to look at again") {
    CallBench bench;
    bench.import_sample();
    auto const reply = bench.call(home, alex).value();
    CHECK(reply.name.given == known::alex_given_name);
    CHECK(reply.member_id_end == known::alex_member_id.substr(known::alex_member_id.size() - 4));
    CHECK(reply.covered_today);
    CHECK(reply.plan->id == known::alex_plan_id);
    CHECK(reply.accumulators.size() >= 4);
    CHECK(reply.claim_count >= 7);
    CHECK(reply.look_again_count >= 2);
    REQUIRE(reply.look_again);
    CHECK(reply.look_again->finding_count > 0);
    CHECK(reply.request_count == 3);
    CHECK(bench.subject == alex);
    CHECK_FALSE(bench.fields.empty());
}

TEST_CASE("member calls: a finding that was answered no longer asks to be looked at") {
    CallBench bench;
    bench.import_sample();
    auto const before = bench.call(home, alex).value();
    std::string const id(known::alex_duplicate_line_eob);
    bench.answered[id] = {"duplicate_line"};
    auto const after = bench.call(home, alex).value();
    CHECK(after.look_again_count == before.look_again_count - 1);
    auto const detail = bench.call(eob, alex, {}, id).value();
    CHECK(detail.findings.size() == 1);
    CHECK(detail.answered_findings == std::vector<std::string>{"duplicate_line"});
}

TEST_CASE("member calls: claims come newest first in pages that neither repeat nor leave out one") {
    CallBench bench;
    bench.import_sample();
    auto const all = bench.call(claims, alex).value();
    CHECK(all.next_cursor.empty());
    CHECK(all.total_count == static_cast<int>(all.claims.size()));
    CHECK(all.look_again_count + all.in_progress_count + all.done_count == all.total_count);
    for (std::size_t i = 1; i < all.claims.size(); ++i)
        CHECK_FALSE(all.claims[i - 1].service_start < all.claims[i].service_start);
    std::vector<EobId> paged;
    api::ClaimsQuery query;
    query.limit = 2;
    do {
        auto const page = bench.call(claims, alex, query).value();
        for (auto const& claim : page.claims)
            paged.push_back(claim.id);
        query.cursor = page.next_cursor;
    } while (!query.cursor.empty());
    REQUIRE(paged.size() == all.claims.size());
    for (std::size_t i = 0; i < paged.size(); ++i)
        CHECK(paged[i] == all.claims[i].id);
    for (auto const& claim : all.claims)
        CHECK(claim.patient == PatientId(alex));
}

TEST_CASE("member calls: wrong limits, statuses and cursors are refused") {
    CallBench bench;
    bench.import_sample();
    for (int const limit : {0, -1, 501}) {
        api::ClaimsQuery query;
        query.limit = limit;
        CHECK(bench.call(claims, alex, query).error().reason == "limit_invalid");
    }
    api::ClaimsQuery query;
    query.status = "wrong";
    CHECK(bench.call(claims, alex, query).error().reason == "status_invalid");
    query.status = "look_again";
    query.cursor = "no-such-claim";
    CHECK(bench.call(claims, alex, query).error().reason == "cursor_invalid");
    query.cursor.clear();
    auto const page = bench.call(claims, alex, query).value();
    CHECK(page.total_count == page.look_again_count);
    CHECK(page.total_count > 0);
}

TEST_CASE("member calls: an EOB comes with findings, timeline and the meaning of its reasons, to its patient "
          "only") {
    CallBench bench;
    bench.import_sample();
    std::string const denied(known::alex_denied_eob);
    auto const detail = bench.call(eob, alex, {}, denied).value();
    CHECK(detail.eob.id == EobId(denied));
    CHECK(detail.patient_given_name == known::alex_given_name);
    CHECK_FALSE(detail.timeline.empty());
    REQUIRE_FALSE(detail.reasons.empty());
    CHECK_FALSE(detail.reasons.front().text_es.empty());
    CHECK(detail.findings.empty());
    auto const replaced = bench.call(eob, alex, {}, std::string(known::alex_replaced_eob)).value();
    CHECK(replaced.eob.replaced_by == EobId(std::string(known::alex_replacement_eob)));
    CHECK(replaced.timeline.back().step == "replaced");
    auto const other = bench.call(eob, std::string(known::jamie_patient_id), {}, denied);
    CHECK(other.error().reason == "eob_not_found");
    CHECK(bench.call(eob, alex, {}, "").error() == other.error());
    CHECK(bench.call(eob, alex, {}, "' OR 1=1 --").error() == other.error());
}

TEST_CASE("member calls: contact details and ID card come from the plan's data with what operations know") {
    CallBench bench;
    bench.import_sample();
    auto const contact = bench.call(contact_details, alex).value();
    CHECK(contact.email == known::alex_email);
    CHECK(contact.change_waits);
    auto const card = bench.call(id_card, alex).value();
    CHECK(card.card.member_id == known::alex_member_id);
    CHECK(card.card.group == known::alex_group);
    CHECK(card.card.service_phone == known::service_phone);
    CHECK(card.card.web == known::web);
    CHECK(card.last_issued_on == "2026-01-02");
    CHECK_FALSE(card.card.limits.empty());
}

TEST_CASE("member calls: a member without claims and one with an EOB without amounts get answers") {
    CallBench bench;
    bench.import_text(
        "a.ndjson",
        patient_line("none") + "\n" + patient_line("bare") + "\n" +
            R"({"resourceType":"ExplanationOfBenefit","id":"e","patient":{"reference":"Patient/bare"}})");
    CHECK(bench.call(claims, "none").value().claims.empty());
    auto const home_reply = bench.call(home, "none").value();
    CHECK_FALSE(home_reply.coverage);
    CHECK(home_reply.claim_count == 0);
    CHECK(bench.call(claims, "bare").value().total_count == 1);
    CHECK_FALSE(bench.call(eob, "bare", {}, "e").value().eob.payment_amount);
    CHECK(bench.call(home, "unknown").error().reason == "member_not_found");
}
