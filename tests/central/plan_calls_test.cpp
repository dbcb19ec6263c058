#include "central/plan/member_calls.h"
#include "central/sample/known_people.h"
#include "central/sample/sample.h"
#include "central/services.h"
#include "tests/central/import_bench.h"

#include <set>

using namespace portico;
using namespace portico::central;
namespace known = sample::known;
using portico::test::eob_line;
using portico::test::ImportBench;
using portico::test::patient_line;

namespace {

/// A session on the imported data, without a server.
struct CallBench : ImportBench {
    ManualClock clock{from_micros(day_number(Date{2026, 11, 20}) * 86'400'000'000 + 43'200'000'000)};
    std::map<std::string, std::vector<std::string>> answered; ///< by EOB id

    void import_sample() {
        sample::SampleOptions options;
        options.out_dir = (inputs() / "sample").string();
        options.members = 6;
        options.seed = 11;
        options.today = Date{2026, 11, 20};
        sample::write_sample(options, [](sample::SampleCounts const&) {}).value();
        import({options.out_dir});
    }

    template <class Reply, class Request>
    Result<Reply> call(Result<Reply> (*handler)(Call&, Request const&), std::string const& patient,
                       Request const& request = {}, std::string const& path_id = "") {
        if (!plan_) {
            plan_ = std::make_unique<PlanData>(clock, *opened().store, opened().vault);
            PlanDataHooks hooks;
            hooks.answered_findings = [this](PatientId const&,
                                             EobId const& eob) -> Result<std::vector<std::string>> {
                return answered[eob.text()];
            };
            hooks.request_count = [](PatientId const&) -> Result<int> { return 3; };
            hooks.contact_details = [](PatientId const&, api::ContactDetails& details) -> Result<void> {
                details.change_waits = true;
                return ok();
            };
            hooks.card_last_issued_on = [](PatientId const&) -> Result<std::string> { return "2026-01-02"; };
            plan_->set_hooks(std::move(hooks));
        }
        Services services(clock, *opened().store, opened().vault);
        services.plan = plan_.get();
        Caller caller;
        if (patient != "nobody signed in") {
            caller.session.emplace();
            caller.session->patient = PatientId(patient);
        }
// What a call fills in later begins empty.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
        Call made{services, caller, path_id};
#pragma GCC diagnostic pop
        auto reply = handler(made, request);
        subject = made.audit_subject;
        fields = made.audit_fields;
        return reply;
    }

    std::string subject;
    std::vector<std::string> fields;

private:
    std::unique_ptr<PlanData> plan_;
};

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
