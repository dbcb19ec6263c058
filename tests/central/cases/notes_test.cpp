#include "tests/central/cases/behalf_bench.h"

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

std::string note(CaseDesk& desk, std::string const& case_id, std::string const& id, std::string const& text) {
    return desk.reason_of<&add_case_note>("case_note_added", {case_id, id, text});
}
std::string note(CasesBench& bench, CaseDesk& desk, std::string const& case_id, std::string const& text) {
    return note(desk, case_id, make_uuid_v7(bench.clock), text);
}
std::vector<api::CaseNote> notes(CaseDesk& desk, std::string const& case_id) {
    return must(desk.ask<&case_notes>("case_notes_read", {case_id})).notes;
}
std::string notes_reason(CaseDesk& desk, std::string const& case_id) {
    return desk.reason_of<&case_notes>("case_notes_read", {case_id});
}
std::string earlier_reason(CaseDesk& desk, std::string const& case_id) {
    return desk.reason_of<&earlier_cases>("case_earlier_read", {case_id});
}
std::string requests_reason(CaseDesk& desk, std::string const& case_id) {
    return desk.reason_of<&case_requests>("case_requests_read", {case_id});
}

} // namespace

TEST_CASE("case notes: what is noted of an open case is read in its order, by who has the case") {
    CallerBench bench;
    CaseDesk rep(bench, "Robin Rep", {StaffRole::PhoneRep});
    auto const id = rep.open();
    CHECK(notes(rep, id).empty());
    auto const first = make_uuid_v7(bench.clock);
    CHECK(note(rep, id, first, "Line one\nline two <b>").empty());
    bench.clock.advance(std::chrono::seconds(1));
    CHECK(note(bench, rep, id, "And then").empty());
    auto const told = notes(rep, id);
    REQUIRE(told.size() == 2);
    CHECK(told[0].note == first);
    CHECK(told[0].text == "Line one\nline two <b>");
    CHECK(told[0].staff_name == "Robin Rep");
    CHECK(told[1].text == "And then");
    CHECK(told[1].at == to_rfc3339(bench.clock.now()));

    CaseDesk other(bench, "Casey Rep", {StaffRole::PhoneRep});
    CHECK(note(bench, other, id, "Mine?") == "case_unknown");
    CHECK(notes_reason(other, id) == "case_unknown");
    CHECK(notes_reason(rep, "none") == "case_unknown");
    // Who takes it over reads what was noted, and adds to it; who had it does not any more.
    CaseDesk lead(bench, "Kim Lead", {StaffRole::Supervisor});
    CHECK(lead.take(id).empty());
    CHECK(note(bench, lead, id, "Taken over").empty());
    CHECK(notes(lead, id).size() == 3);
    CHECK(notes(lead, id)[2].staff_name == "Kim Lead");
    CHECK(note(bench, rep, id, "Still mine?") == "case_not_yours");
    CHECK(notes_reason(rep, id) == "case_unknown");
    CHECK(lead.close(id).empty());
    CHECK(note(bench, lead, id, "Too late") == "case_closed");
    CHECK(notes_reason(lead, id) == "case_unknown");
}

TEST_CASE("case notes: the same note again adds nothing, and its id with other words is refused") {
    CallerBench bench;
    CaseDesk rep(bench, "Robin Rep", {StaffRole::PhoneRep});
    CaseDesk other(bench, "Casey Rep", {StaffRole::PhoneRep});
    auto const id = rep.open();
    auto const second = rep.open();
    auto const of_other = other.open();
    auto const first = make_uuid_v7(bench.clock);
    CHECK(note(rep, id, first, "Said so").empty());
    CHECK(note(rep, id, first, "Said so").empty());
    CHECK(notes(rep, id).size() == 1);
    CHECK(note(rep, id, first, "Said otherwise") == "note_id_reused");
    CHECK(note(rep, second, first, "Said so") == "note_id_reused");
    CHECK(note(other, of_other, first, "Said so") == "note_id_reused");
    CHECK(note(other, id, first, "Said so") == "note_id_reused");
    CHECK(rep.close(id).empty());
    CHECK(note(rep, id, first, "Said so").empty()); // the answer was lost on its way
    CHECK(bench.number("SELECT count(*) FROM case_note") == 1);
}

TEST_CASE("case notes: none that is empty, too long, or has control characters in it, and fifty at most") {
    CallerBench bench;
    CaseDesk rep(bench, "Robin Rep", {StaffRole::PhoneRep});
    auto const id = rep.open();
    CHECK(note(rep, id, "1", "text") == "note_id_invalid");
    CHECK(note(bench, rep, id, "") == "note_empty");
    CHECK(note(bench, rep, id, " \n") == "note_empty");
    CHECK(note(bench, rep, id, std::string(2001, 'x')) == "note_long");
    CHECK(note(bench, rep, id, std::string(100'000, 'x')) == "note_long");
    CHECK(note(bench, rep, id, "a\tb") == "note_invalid");
    CHECK(note(bench, rep, id, "a\x1B[2Jb") == "note_invalid");
    CHECK(note(bench, rep, id, "\xFF") == "note_invalid");
    CHECK(notes(rep, id).empty());
    for (int i = 0; i < 50; ++i)
        CHECK(note(bench, rep, id, std::string(2000, 'x')).empty());
    CHECK(note(bench, rep, id, "One too many") == "notes_many");
    auto const last = notes(rep, id).back();
    CHECK(note(rep, id, last.note, last.text).empty()); // it stands
}

TEST_CASE("case notes: what is noted lies sealed, and no word of it is in the audit") {
    CallerBench bench;
    CaseDesk rep(bench, "Robin Rep", {StaffRole::PhoneRep});
    auto const id = rep.open();
    CHECK(note(bench, rep, id, "An unmistakable sentence").empty());
    auto const sealed = must(bench.store->read<Bytes>([&](storage::Database& database) -> Result<Bytes> {
        auto query = TRY(database.prepare("SELECT text_sealed FROM case_note"));
        TRY(query.step());
        return query.blob(0);
    }));
    CHECK(std::string(as_text(sealed)).find("unmistakable") == std::string::npos);
    auto const record = bench.audited().back();
    CHECK(record.action == "case_note_added");
    CHECK(record.fields == std::vector<std::string>{"case:" + id});
    CHECK(api::to_json(record).find("unmistakable") == std::string::npos);
}

TEST_CASE("earlier cases: those about the same member that were closed, the newest first, with their notes") {
    CallerBench bench;
    auto const alex = bench.account("alex");
    BehalfCall first(bench);
    CHECK(note(bench, first.rep, first.id, "Asked about March").empty());
    bench.clock.advance(std::chrono::seconds(1));
    CHECK(first.rep.close(first.id, "resolved", "Explained it").empty());
    bench.clock.advance(std::chrono::hours(1));
    BehalfCall second(bench, "Casey Rep");
    CHECK(second.rep.close(second.id, "caller_left").empty());
    BehalfCall still_open(bench, "Ash Rep");
    // Another member's.
    CaseDesk rep(bench, "Jo Rep", {StaffRole::PhoneRep});
    auto const of_ana = rep.open();
    api::IdentifyCaller said;
    said.case_id = of_ana;
    said.member_id = "M-2";
    said.zip = "02102";
    REQUIRE(rep.identify(said).empty());
    CHECK(rep.close(of_ana, "resolved", "About Ana").empty());

    BehalfCall now(bench, "Sky Rep");
    CHECK(earlier_reason(now.rep, now.id) == "verification_needed");
    now.verified_by_way("mail_code");
    auto const earlier = must(now.rep.ask<&earlier_cases>("case_earlier_read", {now.id}));
    CHECK(earlier.case_id == now.id);
    REQUIRE(earlier.cases.size() == 2);
    CHECK(earlier.cases[0].outcome == "caller_left");
    CHECK(earlier.cases[0].notes.empty());
    auto const& oldest = earlier.cases[1];
    CHECK(oldest.reason == "unlock");
    CHECK(oldest.channel == "phone");
    CHECK(oldest.outcome == "resolved");
    REQUIRE(oldest.notes.size() == 2);
    CHECK(oldest.notes[0].text == "Asked about March");
    CHECK(oldest.notes[1].text == "Explained it");
    CHECK(oldest.notes[1].note.empty());
    CHECK(oldest.notes[1].staff_name == "Robin Rep");
    CHECK(earlier_reason(rep, now.id) == "case_unknown");
    bench.clock.advance(std::chrono::minutes(31));
    CHECK(earlier_reason(now.rep, now.id) == "verification_needed");
}

TEST_CASE("earlier cases: twenty at most") {
    CallerBench bench;
    for (int i = 0; i < 22; ++i) {
        BehalfCall call(bench, "Rep " + std::to_string(i));
        bench.clock.advance(std::chrono::seconds(1));
        CHECK(call.rep.close(call.id, "resolved", "Number " + std::to_string(i)).empty());
    }
    BehalfCall now(bench);
    now.verified_by_way("own_session");
    auto const earlier = must(now.rep.ask<&earlier_cases>("case_earlier_read", {now.id})).cases;
    REQUIRE(earlier.size() == 20);
    CHECK(earlier.front().notes.back().text == "Number 21");
    CHECK(earlier.back().notes.back().text == "Number 2");
}

TEST_CASE("case requests: a verified caller's, as the member sees them") {
    CallerBench bench;
    BehalfCall call(bench);
    auto const own = bench.hold_a_change(bench.sign_in("alex"));
    REQUIRE(!own.empty());
    CHECK(requests_reason(call.rep, call.id) == "verification_needed");
    call.verified_by_way("own_session");
    CHECK(call.push(call.asks_dispute()) == "applied");
    auto const requests = must(call.rep.ask<&case_requests>("case_requests_read", {call.id}));
    CHECK(api::to_json(requests) == api::to_json(must(bench.ledger->requests_of(PatientId("alex")))));
    CHECK(requests.requests.size() == 2);
    CaseDesk other(bench, "Casey Rep", {StaffRole::PhoneRep});
    CHECK(requests_reason(other, call.id) == "case_unknown");
    CHECK(call.rep.close(call.id).empty());
    CHECK(requests_reason(call.rep, call.id) == "case_unknown");
}

TEST_CASE("case history: nothing of a protected record before its glass, and never of one's own") {
    CallerBench bench;
    BehalfCall call(bench);
    CHECK(note(bench, call.rep, call.id, "Before").empty());
    call.verified_by_way("own_session");
    bench.add(sample_member("alex", {"Alex", "Sample"}, "1980-02-03", "02101", "PRT 4711 A12"), true);
    CHECK(notes_reason(call.rep, call.id) == "break_glass_needed");
    CHECK(earlier_reason(call.rep, call.id) == "break_glass_needed");
    CHECK(requests_reason(call.rep, call.id) == "break_glass_needed");
    CHECK(call.rep.break_glass(call.id).empty());
    CHECK(notes_reason(call.rep, call.id).empty());
    CHECK(earlier_reason(call.rep, call.id).empty());
    CHECK(requests_reason(call.rep, call.id).empty());
    bench.run("UPDATE auth_account SET own_patient = 'alex' WHERE staff = '" + call.rep.staff().text() + "'");
    CHECK(notes_reason(call.rep, call.id) == "own_matter");
    CHECK(earlier_reason(call.rep, call.id) == "own_matter");
    CHECK(requests_reason(call.rep, call.id) == "own_matter");
}
