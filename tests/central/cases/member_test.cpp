#include "central/auth/attempts.h"
#include "central/operations/work_calls.h"
#include "central/operations/work_deadlines.h"
#include "central/plan/personal_reads.h"
#include "tests/central/cases/cases_bench.h"
#include "tests/central/import_bench.h"

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

/// A case of the desk's that is about a member.
std::string case_about(CaseDesk& desk, std::string const& number, std::string const& zip) {
    auto const id = desk.open();
    api::IdentifyCaller said;
    said.case_id = id;
    said.member_id = number;
    said.zip = zip;
    REQUIRE(desk.identify(said).empty());
    return id;
}
std::string case_about_alex(CaseDesk& desk) {
    return case_about(desk, "PRT 4711 A12", "02101");
}

/// A member whose record the plan calls restricted.
std::string case_about_celebrity(CasesBench& bench, CaseDesk& desk) {
    bench.add(sample_member("star", {"Stella", "Sample"}, "1985-05-05", "02188", "M-STAR"), true);
    return case_about(desk, "M-STAR", "02188");
}

/// "" or the reason why not.
std::string take_work_of(CaseDesk& desk, std::string const& entry) {
    return desk.reason_of<&take_work>("work_taken", {entry});
}
std::string decide_work_of(CaseDesk& desk, std::string const& entry,
                           std::string const& decision = "applied") {
    return desk.reason_of<&decide_work>("work_decided", {entry, decision, {}});
}
std::vector<api::WorkItem> glass_entries(CaseDesk& desk) {
    return must(desk.ask<&list_work>("work_read", {std::string(glass_broken_kind), {}})).items;
}

} // namespace

TEST_CASE("case member: what is read through a case is masked, each value of it") {
    CasesBench bench;
    CaseDesk rep(bench, "Robin Rep", {StaffRole::PhoneRep});
    auto const id = case_about_alex(rep);
    auto const read = [&] { return must(rep.ask<&read_case_member>("case_member_read", {id})); };
    auto const member = read();
    CHECK(member.case_id == id);
    CHECK(member.given_name == "Alex");
    CHECK(member.family_initial == "S.");
    CHECK(member.birth_year == "19**");
    CHECK(member.member_id_end == "1A12");
    CHECK(member.phone == "(***) ***-**12");
    CHECK(member.email == "a***@e***");
    CHECK(member.has_postal_address);
    CHECK(member.language == "es");
    CHECK(member.account == "none");
    CHECK(member.account_why.empty());
    auto const json = api::to_json(member);
    for (auto const* whole : {"Sample", "1980", "4711", "555", "example.org", "02101", "Street"})
        CHECK(json.find(whole) == std::string::npos);

    CHECK_FALSE(member.covered);
    bench.cover("alex", "2099-01-01");
    CHECK_FALSE(read().covered);
    bench.cover("ana", "2020-01-01"); // another's
    CHECK_FALSE(read().covered);
    bench.run("DELETE FROM plan_coverage");
    bench.cover("alex", "2020-01-01");
    CHECK(read().covered);
}

TEST_CASE("case member: a case tells whether the account is locked, and by what") {
    CasesBench bench;
    CaseDesk rep(bench, "Robin Rep", {StaffRole::PhoneRep});
    auto const id = case_about_alex(rep);
    Accounts const accounts(*bench.vault, bench.clock);
    auto const state = [&] {
        auto const member = must(rep.ask<&read_case_member>("case_member_read", {id}));
        return member.account + (member.account_why.empty() ? "" : ": " + member.account_why);
    };
    auto const change = [&](std::function<Result<void>(storage::Database&)> const& what) {
        must(bench.store->write(what));
    };
    std::optional<AccountId> account;
    change([&](storage::Database& database) -> Result<void> {
        account = TRY(accounts.create_member(database, PatientId("alex"))).id;
        return ok();
    });
    CHECK(state() == "not_opened");
    change([&](storage::Database& database) -> Result<void> {
        TRY(accounts.mark_opened(database, *account));
        return ok();
    });
    CHECK(state() == "open");
    auto const guess = [&](storage::Database& database) -> Result<void> {
        TRY(reserve_guess(database, account->text(), Guess::Password, TerminalId("kiosk-1"),
                          bench.clock.now()));
        return ok();
    };
    for (int i = 0; i < 5; ++i)
        change(guess);
    CHECK(state() == "waiting: wrong_sign_ins");
    for (int i = 0; i < 5; ++i) {
        bench.clock.advance(std::chrono::hours(2));
        CHECK(state() == "open");
        change(guess);
    }
    CHECK(state() == "locked: wrong_sign_ins");
    change([&](storage::Database& database) { return accounts.set_disabled(database, *account, true); });
    CHECK(state() == "disabled: by_operator");
}

TEST_CASE("case member: a value is revealed one at a time, for a reason of the list that is in the audit") {
    CasesBench bench;
    CaseDesk rep(bench, "Robin Rep", {StaffRole::PhoneRep});
    auto const id = case_about_alex(rep);
    auto const value = [&](std::string const& field) {
        return must(rep.ask<&reveal_field>("case_field_revealed", {id, field, "call_back"})).value;
    };
    CHECK(value("phone") == "617-555-0112");
    CHECK(value("email") == "alex@example.org");
    CHECK(value("name") == "Alex Sample");
    CHECK(value("birth_date") == "1980-02-03");
    CHECK(value("member_id") == "PRT 4711 A12");
    CHECK(value("postal_address") == "1 Sample Street, Testville, MA 02101");
    CHECK(rep.reveal(id, "password") == "field_unknown");
    CHECK(rep.reveal(id, "") == "field_unknown");
    CHECK(rep.reveal(id, "phone", "curious") == "reveal_reason_unknown");

    // What the dispatcher will put into the record, which is durable before the reply leaves.
    Caller const caller = rep.caller();
    Call call{*bench.services, caller, "", "", {}, "", "case_field_revealed", false, 0};
    must(reveal_field(call, {id, "phone", "call_back"}));
    CHECK(call.audit_fields == std::vector<std::string>{"case:" + id, "phone", "reason:call_back"});
    CHECK(call.audit_subject == "alex");
    CHECK_FALSE(call.audited);
}

TEST_CASE("case member: another's case, a closed one and one about nobody are as one that is not there") {
    CasesBench bench;
    CaseDesk rep(bench, "Robin Rep", {StaffRole::PhoneRep});
    CaseDesk other(bench, "Casey Rep", {StaffRole::PhoneRep});
    CaseDesk supervisor(bench, "Kim Lead", {StaffRole::Supervisor});
    auto const theirs = case_about_alex(rep);
    auto const unbound = other.open();
    auto const closed = case_about_alex(other);
    REQUIRE(other.close(closed).empty());
    auto const taken = case_about_alex(other);
    REQUIRE(supervisor.take(taken).empty());
    for (auto const& id : {theirs, unbound, closed, taken, make_uuid_v7(bench.clock), std::string("x")}) {
        auto const read = other.ask<&read_case_member>("case_member_read", {id});
        auto const reveal = other.ask<&reveal_field>("case_field_revealed", {id, "phone", "call_back"});
        auto const glass = other.ask<&break_glass>("case_glass_broken", {id, "because I must see it"});
        for (auto const& answer : {read.error(), reveal.error(), glass.error()})
            CHECK(answer == error(ErrorKind::NotFound, "case_unknown", "you have no such case"));
    }
    CHECK(supervisor.read_member(theirs) == "case_unknown"); // takes it over first
    CHECK(rep.read_member(theirs).empty());
    CHECK(supervisor.read_member(taken).empty());
}

TEST_CASE("break glass: a protected record is found like any other, and opened for a reason that is read") {
    CasesBench bench;
    CaseDesk rep(bench, "Robin Rep", {StaffRole::PhoneRep});
    CaseDesk officer(bench, "Jo Privacy", {StaffRole::PrivacyOfficer});
    auto const plain = case_about_alex(rep);
    auto const id = case_about_celebrity(bench, rep);
    CHECK(rep.read_member(plain).empty());
    CHECK(rep.read_member(id) == "break_glass_needed");
    CHECK(rep.reveal(id) == "break_glass_needed");
    CHECK(rep.break_glass(plain) == "glass_not_needed");
    for (auto const& reason :
         {std::string("too short"), std::string(501, 'x'), std::string(40, ' '),
          std::string("line one\nline two"), std::string("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF")})
        CHECK(rep.break_glass(id, reason) == "glass_reason_invalid");
    CHECK(rep.read_member(id) == "break_glass_needed");
    CHECK(glass_entries(officer).empty());

    CHECK(rep.break_glass(id, "Stella rang about her letter").empty());
    auto const record = bench.audited().back();
    CHECK(record.action == "case_glass_broken");
    CHECK(record.subject == "star");
    CHECK(record.fields == std::vector<std::string>{"case:" + id});
    CHECK(rep.read_member(id).empty());
    CHECK(rep.reveal(id).empty());
    CHECK(rep.break_glass(id).empty()); // asked again because the answer was lost
    auto const entries = glass_entries(officer);
    REQUIRE(entries.size() == 1);
    CHECK(entries[0].due != entries[0].at);
    CHECK(bench.queued_of("glass_broken").detail ==
          "star\n" + rep.staff().text() + "\nStella rang about her letter");
    CHECK(bench.queued_of("glass_broken").operation == id);

    // Not for another case about the same member.
    auto const second = case_about(rep, "M-STAR", "02188");
    CHECK(rep.read_member(second) == "break_glass_needed");
}

TEST_CASE(
    "break glass: a colleague's record is protected, and who takes a case over breaks it for themselves") {
    CasesBench bench;
    CaseDesk rep(bench, "Robin Rep", {StaffRole::PhoneRep});
    CaseDesk supervisor(bench, "Kim Lead", {StaffRole::Supervisor});
    auto const id = case_about_alex(rep);
    CHECK(rep.read_member(id).empty());
    CaseDesk const colleague(bench, "Alex Sample", {StaffRole::Approver}, PatientId("alex"));
    CHECK(rep.read_member(id) == "break_glass_needed");
    CHECK(rep.break_glass(id).empty());
    CHECK(rep.read_member(id).empty());
    REQUIRE(supervisor.take(id).empty());
    CHECK(supervisor.read_member(id) == "break_glass_needed");
    CHECK(supervisor.break_glass(id).empty());
    CHECK(supervisor.read_member(id).empty());
    CHECK(glass_entries(supervisor).size() == 2);
}

TEST_CASE(
    "break glass: who opened what is read by the privacy officer or a supervisor, and not by who did it") {
    CasesBench bench;
    CaseDesk rep(bench, "Robin Rep", {StaffRole::PhoneRep});
    CaseDesk officer(bench, "Jo Privacy", {StaffRole::PrivacyOfficer});
    CaseDesk supervisor(bench, "Kim Lead", {StaffRole::Supervisor});
    auto const id = case_about_celebrity(bench, supervisor);
    REQUIRE(supervisor.break_glass(id).empty());
    auto const entry = bench.queued_of("glass_broken").id;
    CHECK(glass_entries(rep).empty());
    CHECK(take_work_of(rep, entry) == "queue_entry_unknown");
    CHECK(take_work_of(supervisor, entry).empty());
    CHECK(decide_work_of(supervisor, entry) == "own_matter");
    CHECK(supervisor.reason_of<&hand_work_over>("work_handed_over", {entry, rep.staff().text()}) ==
          "colleague_unknown");
    CHECK(supervisor.reason_of<&hand_work_over>("work_handed_over", {entry, officer.staff().text()}).empty());
    CHECK(decide_work_of(officer, entry, "refused") == "nothing_to_refuse" /* it has no reason either */);
    CHECK(decide_work_of(officer, entry).empty());
    CHECK(glass_entries(officer).empty());
    // What members ask for is no work of the privacy officer's.
    REQUIRE(bench.push(bench.report(bench.sign_in("alex"))) == "applied");
    auto const request = bench.queued_of("directory_error").id;
    CHECK(take_work_of(officer, request) == "right_missing");
    CHECK(take_work_of(rep, request).empty());
}

TEST_CASE("break glass: the reason stands in the database sealed alone") {
    CasesBench bench;
    CaseDesk rep(bench, "Robin Rep", {StaffRole::PhoneRep});
    auto const id = case_about_celebrity(bench, rep);
    REQUIRE(rep.break_glass(id, "Stella rang about her letter").empty());
    auto const sealed = must(bench.store->read<Bytes>([&](storage::Database& database) -> Result<Bytes> {
        auto query = TRY(database.prepare("SELECT reason_sealed FROM case_glass"));
        TRY(query.step());
        return query.blob(0);
    }));
    CHECK(as_text(sealed).find("Stella") == std::string_view::npos);
    CHECK(must(open_text(*bench.vault, "case_glass " + id + " " + rep.staff().text(), sealed)) ==
          "Stella rang about her letter");
}

TEST_CASE("break glass: what the plan says in meta.security protects a record, and nothing else that stands "
          "there") {
    auto const restricted = [](std::string const& security) {
        ImportBench bench; // of two contents of one version the one before does not come back
        bench.import_text("a.ndjson", patient_line("p1", "Sample", R"({"security":[)" + security + "]}"));
        return must(bench.opened().store->read<bool>([&](storage::Database& database) -> Result<bool> {
            auto const& vault = bench.opened().vault;
            return TRY(read_member(database, vault, plan_key(vault, "member", "p1")))
                ->restricted.value_or(false);
        }));
    };
    auto const label = [](std::string const& system, std::string const& code) {
        return R"({"system":"http://terminology.hl7.org/CodeSystem/v3-)" + system + R"(","code":")" + code +
               "\"}";
    };
    CHECK_FALSE(restricted(label("Confidentiality", "N")));
    CHECK(restricted(label("Confidentiality", "N") + "," + label("Confidentiality", "R")));
    CHECK(restricted(label("Confidentiality", "V")));
    CHECK(restricted(label("ActCode", "CEL")));
    CHECK(restricted(label("ActCode", "EMP")));
    CHECK_FALSE(restricted(label("ActCode", "R")));
    CHECK_FALSE(restricted(label("Confidentiality", "EMP")));
    CHECK_FALSE(restricted(label("ActCode", "HIV") + "," + label("Confidentiality", "M")));
}
