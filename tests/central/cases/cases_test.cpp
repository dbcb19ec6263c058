#include "tests/central/cases/cases_bench.h"

#include <atomic>
#include <fstream>
#include <iterator>
#include <memory>
#include <thread>

using namespace portico;
using namespace portico::central;
using namespace portico::test;

TEST_CASE("cases: one is opened in words of the lists, stands in one's own list, and is closed once") {
    CasesBench bench;
    CaseDesk rep(bench, "Robin Rep", {StaffRole::PhoneRep});
    CaseDesk other(bench, "Casey Rep", {StaffRole::PhoneRep});
    auto const opening = [&](std::string const& reason, std::string const& channel) {
        return rep.reason_of<&open_case>("case_opened", {reason, channel});
    };
    CHECK(opening("because", "phone") == "case_reason_unknown");
    CHECK(opening("unlock", "pigeon") == "case_channel_unknown");
    CHECK(rep.list().empty());
    auto const id = must(rep.ask<&open_case>("case_opened", {"dispute", "call_back"})).case_id;
    CHECK(is_uuid_v7(id));
    REQUIRE(rep.list().size() == 1);
    auto const item = rep.list()[0];
    CHECK(item.case_id == id);
    CHECK(item.reason == "dispute");
    CHECK(item.channel == "call_back");
    CHECK(item.opened == to_rfc3339(bench.clock.now()));
    CHECK(item.level.empty());
    CHECK(other.list().empty());

    CHECK(rep.close(id, "done") == "case_outcome_unknown");
    CHECK(rep.list().size() == 1);
    CHECK(rep.close(id, "resolved", "Rang back; the line is fine.").empty());
    CHECK(rep.list().empty());
    CHECK(rep.close(id, "resolved") == "case_closed");
    auto const record = bench.audited().back();
    CHECK(record.action == "case_closed");
    CHECK(record.actor == rep.staff().text());
    CHECK(record.role == "phone_rep");
    CHECK(record.fields == std::vector<std::string>{"case:" + id, "outcome:resolved"});
}

TEST_CASE("cases: another's case is as one that is not there") {
    CasesBench bench;
    CaseDesk rep(bench, "Robin Rep", {StaffRole::PhoneRep});
    CaseDesk other(bench, "Casey Rep", {StaffRole::PhoneRep});
    auto const open = rep.open();
    auto const closed = rep.open();
    REQUIRE(rep.close(closed).empty());
    auto const absent = make_uuid_v7(bench.clock);
    for (auto const& id : {open, closed, absent, std::string("Alex Sample"), std::string()}) {
        INFO(id);
        auto const close = other.ask<&close_case>("case_closed", {id, "resolved", ""});
        auto const identify = other.ask<&identify_caller>("case_identified", says_alex(id));
        auto const take = other.ask<&take_case>("case_taken", {id}); // no rep gets so far
        for (auto const& answer : {close.error(), identify.error(), take.error()})
            CHECK(answer == error(ErrorKind::NotFound, "case_unknown", "you have no such case"));
    }
    auto const theirs = other.ask<&list_cases>("cases_read", {rep.staff().text()});
    CHECK(theirs.error().reason == "right_missing");
    CHECK(rep.list().size() == 1);
    CHECK(rep.close(open).empty());
    // What was typed where an id belongs is in no record.
    for (auto const& record : bench.audited())
        for (auto const& field : record.fields)
            CHECK(field.find("Alex") == field.npos);
}

TEST_CASE("cases: a supervisor takes one over, and whoever had it is told so") {
    CasesBench bench;
    CaseDesk rep(bench, "Robin Rep", {StaffRole::PhoneRep});
    CaseDesk supervisor(bench, "Kim Lead", {StaffRole::Supervisor});
    auto const id = rep.open();
    CHECK(supervisor.close(id) == "case_not_yours");
    REQUIRE(supervisor.list(rep.staff().text()).size() == 1);
    CHECK(supervisor.take(supervisor.list(rep.staff().text())[0].case_id).empty());
    CHECK(supervisor.take(id).empty()); // asked again because the answer was lost
    CHECK(rep.list().empty());
    CHECK(rep.identify(says_alex(id)) == "case_not_yours");
    CHECK(rep.close(id) == "case_not_yours");
    CHECK(supervisor.identify(says_alex(id)).empty());
    CHECK(supervisor.close(id).empty());
    CHECK(rep.close(id) == "case_closed");
    CHECK(supervisor.take(id) == "case_closed");
    CHECK(supervisor.take(make_uuid_v7(bench.clock)) == "case_unknown");
}

TEST_CASE("cases: what somebody had open whose account is disabled a supervisor can take and close") {
    CasesBench bench;
    CaseDesk rep(bench, "Robin Rep", {StaffRole::PhoneRep});
    CaseDesk supervisor(bench, "Kim Lead", {StaffRole::Supervisor});
    auto const id = rep.open();
    must(bench.store->write([&](storage::Database& database) {
        return Accounts(*bench.vault, bench.clock).set_disabled(database, rep.account(), true);
    }));
    REQUIRE(supervisor.list(rep.staff().text()).size() == 1);
    CHECK(supervisor.take(id).empty());
    CHECK(supervisor.close(id, "handed_on").empty());
}

TEST_CASE("cases: a note is refused for its length or its characters, and the case stays open without it") {
    CasesBench bench;
    CaseDesk rep(bench, "Robin Rep", {StaffRole::PhoneRep});
    auto const id = rep.open();
    auto const notes = [&] {
        return bench.number("SELECT count(*) FROM case_file WHERE note_sealed IS NOT NULL");
    };
    std::string accents;
    for (std::size_t i = 0; i < CaseBook::note_characters_max; ++i)
        accents += "\u00E9";
    auto const too_long = rep.ask<&close_case>("case_closed", {id, "resolved", std::string(100'000, 'x')});
    CHECK(too_long.error().reason == "note_long");
    CHECK(too_long.error().message.find("2000") != std::string::npos);
    CHECK(too_long.error().message.find("100000") != std::string::npos);
    CHECK(rep.close(id, "resolved", accents + "x") == "note_long");
    for (auto const* text : {"a\nb", "a\x01", "a\x7F", "a\u0085", "a\u202E", "\xFF"})
        CHECK(rep.close(id, "resolved", text) == "note_invalid");
    CHECK(notes() == 0);
    CHECK(rep.list().size() == 1);
    CHECK(rep.close(id, "resolved", accents).empty());
    CHECK(notes() == 1);
}

TEST_CASE("cases: nobody has more than so many open") {
    CasesBench bench;
    CaseDesk rep(bench, "Robin Rep", {StaffRole::PhoneRep});
    for (int i = 0; i < CaseBook::open_max; ++i)
        REQUIRE_FALSE(rep.open().empty());
    CHECK(rep.reason_of<&open_case>("case_opened", {"unlock", "phone"}) == "cases_open_many");
    REQUIRE(rep.close(rep.list()[0].case_id).empty());
    CHECK_FALSE(rep.open().empty());
}

TEST_CASE("cases: of six who take and close the same cases at once, each case is closed once") {
    constexpr int cases = 12;
    CasesBench bench;
    CaseDesk rep(bench, "Robin Rep", {StaffRole::PhoneRep});
    std::vector<std::unique_ptr<CaseDesk>> desks;
    for (int i = 0; i < 6; ++i)
        desks.push_back(std::make_unique<CaseDesk>(bench, "Lead " + std::to_string(i),
                                                   std::vector{StaffRole::Supervisor}));
    std::vector<std::string> ids;
    for (int i = 0; i < cases; ++i)
        ids.push_back(rep.open());
    std::atomic<int> closed = 0;
    std::atomic<int> other_answers = 0;
    std::vector<std::thread> threads;
    for (auto& desk : desks)
        threads.emplace_back([&] {
            for (auto const& id : ids) {
                auto const taken = desk->take(id);
                auto const end = desk->close(id);
                closed += end.empty() ? 1 : 0;
                bool const lost = end == "case_closed" || end == "case_not_yours";
                other_answers += (taken.empty() || taken == "case_closed") && (end.empty() || lost) ? 0 : 1;
            }
        });
    for (auto& thread : threads)
        thread.join();
    CHECK(closed == cases);
    CHECK(other_answers == 0);
    int records = 0;
    for (auto const& record : bench.audited())
        records += record.action == "case_closed" && record.decision == "allowed" ? 1 : 0;
    CHECK(records == cases);
    CHECK(bench.number("SELECT count(*) FROM case_file WHERE closed_us = 0") == 0);
}

TEST_CASE("cases: neither note nor member stands in the database in clear") {
    CasesBench bench;
    CaseDesk rep(bench, "Robin Rep", {StaffRole::PhoneRep});
    bench.add(
        sample_member("patient-in-clear", {"Alexis", "Ejemplo-Largo"}, "1962-07-08", "02199", "M-INCLEAR"));
    auto const id = rep.open();
    api::IdentifyCaller said;
    said.case_id = id;
    said.name = api::CallerName{"Alexis", "Ejemplo Largo"};
    said.zip = "02199";
    REQUIRE(rep.identify(said).empty());
    REQUIRE(rep.close(id, "resolved", "Wants to be called Lexi in the evening").empty());
    for (auto const& record : bench.audited()) {
        auto const fields = api::to_json(record.fields) + record.reason;
        for (auto const* secret : {"Ejemplo", "1962-07-08", "02199", "INCLEAR", "Lexi"})
            CHECK(fields.find(secret) == std::string::npos);
    }
    bench.close();
    int files = 0;
    for (auto const& entry : std::filesystem::recursive_directory_iterator(bench.scratch.folder())) {
        std::ifstream stream(entry.path(), std::ios::binary);
        std::string const bytes((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
        ++files;
        for (auto const* secret :
             {"patient-in-clear", "Ejemplo", "ejemplo", "1962-07-08", "02199", "INCLEAR", "Lexi"}) {
            CAPTURE(secret);
            CHECK(bytes.find(secret) == std::string::npos);
        }
    }
    CHECK((files > 0) == (bench.scratch.engine() == StoreEngine::Sqlite));
}

TEST_CASE("cases: why a case is open is said once it is known, by whoever has it, and is in the audit") {
    CasesBench bench;
    CaseDesk rep(bench, "Robin Rep", {StaffRole::PhoneRep});
    CaseDesk other(bench, "Cam Rep", {StaffRole::PhoneRep});
    auto const id = must(rep.ask<&open_case>("case_opened", {"other", "phone"})).case_id;
    auto const change = [&](CaseDesk& desk, std::string const& reason) {
        return desk.reason_of<&change_case_reason>("case_reason_changed", {id, reason});
    };
    CHECK(change(rep, "nothing") == "case_reason_unknown");
    CHECK(change(other, "card") == "case_unknown");
    CHECK(rep.list().at(0).reason == "other");
    CHECK(change(rep, "card").empty());
    CHECK(rep.list().at(0).reason == "card");
    auto const last = bench.audited().back();
    CHECK(last.action == "case_reason_changed");
    CHECK(last.fields == std::vector<std::string>{"case:" + id, "reason:card"});
    CHECK(rep.close(id).empty());
    CHECK(change(rep, "message") == "case_closed");
}
