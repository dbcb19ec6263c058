#include "central/cases/case_limits.h"
#include "central/cases/work_case_calls.h"
#include "central/operations/work_calls.h"
#include "central/operations/work_deadlines.h"
#include "tests/central/cases/behalf_bench.h"

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

/// Alex asked on the phone for a claim to be checked; Casey works the queue.
struct Queue : VerifiedCall {
    CaseDesk casey{bench, "Casey Rep", {StaffRole::PhoneRep}};

    std::string entry_of(std::string const& kind) { return bench.queued_of(kind).id; }
    std::string take(CaseDesk& desk, std::string const& entry) {
        return desk.reason_of<&take_work>("work_taken", {entry});
    }
    Result<api::WorkCaseOpened> open(CaseDesk& desk, std::string const& entry) {
        return desk.ask<&open_work_case>("work_case_opened", {entry});
    }
    std::string why_not(CaseDesk& desk, std::string const& entry) {
        auto const opened = open(desk, entry);
        return opened.has_error() ? opened.error().reason : "";
    }
    Result<api::CaseMatter> matter(CaseDesk& desk, std::string const& case_id) {
        return desk.ask<&case_matter>("case_matter_read", {case_id});
    }
    std::string no_matter(CaseDesk& desk, std::string const& case_id) {
        auto const read = matter(desk, case_id);
        return read.has_error() ? read.error().reason : "";
    }
    std::string decide(CaseDesk& desk, std::string const& entry, std::string const& decision = "applied") {
        return desk.reason_of<&decide_work>("work_decided", {entry, decision, {}});
    }
};

} // namespace

TEST_CASE("work case: who has taken an entry sees whom it is about and what is asked, through a case alone") {
    Queue queue;
    REQUIRE(queue.call.push(queue.call.asks_dispute()) == "applied");
    auto const entry = queue.entry_of("finding_disputed");
    CHECK(queue.why_not(queue.casey, entry) == "work_not_yours");
    REQUIRE(queue.take(queue.casey, entry).empty());
    auto const opened = must(queue.open(queue.casey, entry));
    CHECK(opened.reason == "dispute");
    CHECK(opened.channel == "work");
    auto const record = queue.bench.audited().back();
    CHECK(record.action == "work_case_opened");
    CHECK(record.subject == "alex");
    CHECK(record.fields == std::vector<std::string>{"case:" + opened.case_id, "entry:" + entry});

    auto const items = queue.casey.list();
    REQUIRE(items.size() == 1);
    CHECK(items[0].case_id == opened.case_id);
    CHECK(items[0].entry == entry);
    CHECK(items[0].level == "identified"); // and nobody was verified by it
    auto const matter = must(queue.matter(queue.casey, opened.case_id));
    CHECK(matter.kind == "finding_disputed");
    CHECK(matter.reason == "duplicate_line");
    CHECK(matter.summary == "CLM-1");
    CHECK(matter.eob == "alex-eob");
    auto const at_us = to_micros(must(from_rfc3339(matter.at)));
    CHECK(matter.due == to_rfc3339(from_micros(work_due_us("finding_disputed", at_us))));
    CHECK(queue.casey.read_member(opened.case_id).empty());
    // Nothing that needs a verified caller comes by it.
    BehalfCall by_work(queue.bench, queue.casey, opened.case_id);
    CHECK(by_work.push(by_work.asks_card()) == "verification_needed");
}

TEST_CASE("work case: asked again it is the same one, and a new one when it was closed") {
    Queue queue;
    REQUIRE(queue.call.push(queue.call.asks_dispute()) == "applied");
    auto const entry = queue.entry_of("finding_disputed");
    REQUIRE(queue.take(queue.casey, entry).empty());
    auto const first = must(queue.open(queue.casey, entry));
    CHECK(must(queue.open(queue.casey, entry)).case_id == first.case_id); // its answer was lost
    CHECK(queue.casey.list().size() == 1);
    REQUIRE(queue.casey.close(first.case_id).empty());
    CHECK(must(queue.open(queue.casey, entry)).case_id != first.case_id);
}

TEST_CASE("work case: it tells nothing once the entry is decided, given back or a colleague's") {
    Queue queue;
    REQUIRE(queue.call.push(queue.call.asks_dispute()) == "applied");
    auto const entry = queue.entry_of("finding_disputed");
    REQUIRE(queue.take(queue.casey, entry).empty());
    auto const opened = must(queue.open(queue.casey, entry));
    SECTION("decided") {
        REQUIRE(queue.decide(queue.casey, entry).empty());
        CHECK(queue.no_matter(queue.casey, opened.case_id) == "queue_entry_done");
        CHECK(queue.why_not(queue.casey, entry) == "queue_entry_done");
    }
    SECTION("given back") {
        REQUIRE(queue.casey.reason_of<&give_work_back>("work_given_back", {entry}).empty());
        CHECK(queue.no_matter(queue.casey, opened.case_id) == "work_not_yours");
        CHECK(queue.casey.reason_of<&matter_eob>("case_matter_eob_read", {opened.case_id}) ==
              "work_not_yours");
    }
    SECTION("taken by a supervisor, who sees it through a case of their own") {
        CaseDesk lead(queue.bench, "Kim Lead", {StaffRole::Supervisor});
        CHECK(queue.why_not(lead, entry) == "work_not_yours"); // may take it, and has not
        REQUIRE(queue.take(lead, entry).empty());
        CHECK(queue.no_matter(queue.casey, opened.case_id) == "work_not_yours");
        CHECK(must(queue.open(lead, entry)).case_id != opened.case_id);
    }
    SECTION("the case of another desk") {
        CaseDesk other(queue.bench, "Robin Other", {StaffRole::PhoneRep});
        CHECK(queue.no_matter(other, opened.case_id) == "case_unknown");
    }
}

TEST_CASE("work case: a call that was promised says whom to call and what for") {
    Queue queue;
    REQUIRE(queue.call.push(queue.call.promises(queue.call.day(2), "The bill of March")) == "applied");
    auto const entry = queue.entry_of("call_back_promised");
    REQUIRE(queue.take(queue.casey, entry).empty());
    auto const opened = must(queue.open(queue.casey, entry));
    CHECK(opened.channel == "call_back");
    auto const matter = must(queue.matter(queue.casey, opened.case_id));
    CHECK(matter.about == "The bill of March");
    CHECK(matter.summary == queue.call.day(2));
    CHECK(matter.eob.empty());
    CHECK(queue.casey.reason_of<&matter_eob>("case_matter_eob_read", {opened.case_id}) == "eob_not_found");
}

TEST_CASE(
    "work case: one's own matter, a protected record, an entry about nobody, and the records of an hour") {
    Queue queue;
    REQUIRE(queue.call.push(queue.call.asks_dispute()) == "applied");
    auto const entry = queue.entry_of("finding_disputed");
    SECTION("one's own matter") {
        CaseDesk alex(queue.bench, "Alex Sample", {StaffRole::PhoneRep}, PatientId("alex"));
        REQUIRE(queue.take(alex, entry).empty());
        CHECK(queue.why_not(alex, entry) == "own_matter");
        CHECK(alex.list().empty());
    }
    SECTION("a protected record opens only with a reason") {
        queue.bench.add(queue.bench.facts.members["alex"], true);
        REQUIRE(queue.take(queue.casey, entry).empty());
        auto const opened = must(queue.open(queue.casey, entry));
        CHECK(queue.no_matter(queue.casey, opened.case_id) == "break_glass_needed");
        CHECK(queue.casey.reason_of<&matter_eob>("case_matter_eob_read", {opened.case_id}) ==
              "break_glass_needed");
        REQUIRE(queue.casey.break_glass(opened.case_id).empty());
        CHECK(queue.no_matter(queue.casey, opened.case_id).empty());
    }
    SECTION("about nobody") {
        REQUIRE(queue.bench.push(queue.bench.report(queue.bench.sign_in("alex"))) == "applied");
        auto const error_entry = queue.entry_of("directory_error");
        REQUIRE(queue.take(queue.casey, error_entry).empty());
        CHECK(queue.why_not(queue.casey, error_entry) == "work_without_member");
    }
    SECTION("a caller's case is of no entry") {
        CHECK(queue.no_matter(queue.call.rep, queue.call.id) == "matter_unknown");
    }
    SECTION("an entry's id that is none") {
        CHECK(queue.why_not(queue.casey, "nothing") == "queue_entry_unknown");
        CHECK(queue.no_matter(queue.casey, "nothing") == "case_unknown");
    }
    SECTION("thirty members an hour") {
        must(queue.bench.store->write([&](storage::Database& database) -> Result<void> {
            CaseFile file;
            file.owner = queue.casey.staff();
            for (int i = 0; i < hour_records_max; ++i) {
                file.patient = PatientId("member-" + std::to_string(i));
                TRY(count_record(database, *queue.bench.vault, queue.bench.clock, file));
            }
            return ok();
        }));
        REQUIRE(queue.take(queue.casey, entry).empty());
        CHECK(queue.why_not(queue.casey, entry) == "records_hour_full");
        CHECK(queue.casey.list().empty()); // nothing half done
    }
}
