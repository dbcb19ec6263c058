#include "central/cases/caller_facts.h"
#include "central/cases/case_limits.h"
#include "central/http/http_message.h"
#include "tests/central/cases/cases_bench.h"
#include "tests/support/sql_trace.h"

#include <atomic>
#include <memory>
#include <thread>

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

/// Of one call each.
struct Said {
    std::optional<std::string> member_id = {};
    std::optional<api::CallerName> name = {};
    std::optional<std::string> birth_date = {};
    std::optional<std::string> zip = {};
};
api::IdentifyCaller on(std::string const& id, Said const& said) {
    return {id, said.member_id, said.name, said.birth_date, said.zip};
}
/// On a new case of the desk's: "" when it was found.
std::string find(CaseDesk& desk, Said const& said) {
    auto const id = desk.open();
    auto outcome = desk.identify(on(id, said));
    must(desk.ask<&close_case>("case_closed", {id, "resolved", ""}));
    return outcome;
}

/// The member of a case, as the database has it; "" for none.
std::string member_of(CasesBench& bench, CaseDesk& desk, std::string const& id) {
    return must(bench.store->read<std::string>([&](storage::Database& database) -> Result<std::string> {
        CaseBook const book(*bench.vault, bench.clock);
        return TRY(book.own(database, {desk.staff(), TerminalId(), false}, id)).patient.text();
    }));
}

} // namespace

TEST_CASE("identify: two facts that fit one member find them, however they are written") {
    CasesBench bench;
    CaseDesk rep(bench, "Robin Rep", {StaffRole::PhoneRep});
    auto const id = rep.open();
    auto const found = must(rep.ask<&identify_caller>("case_identified", says_alex(id)));
    CHECK(found.level == "identified");
    CHECK(found.case_id == id);
    CHECK(member_of(bench, rep, id) == "alex");
    CHECK(rep.list()[0].level == "identified");
    auto const record = bench.audited().back();
    CHECK(record.action == "case_identified");
    CHECK(record.decision == "allowed");
    CHECK(record.subject == "alex");
    CHECK(record.fields == std::vector<std::string>{"case:" + id, "name", "birth_date"});

    CHECK(find(rep, {.member_id = "prt4711a12", .birth_date = "1980-02-03"}).empty());
    CHECK(find(rep, {.member_id = "PRT 4711 A12", .zip = "02101-1234"}).empty());
    CHECK(find(rep, {.member_id = "PRT4711 A12", .name = api::CallerName{"ALEX", "sample"}}).empty());
    CHECK(find(rep, {.name = api::CallerName{"ana maria", "MUNOZ-SAMPLE"}, .birth_date = "1971-05-06"})
              .empty());
    CHECK(
        find(rep, {.name = api::CallerName{"Ana Mari\u0301a", "Mu\u00F1oz Sample"}, .zip = "02102"}).empty());
    CHECK(find(rep, {.birth_date = "1971-05-06", .zip = "021020001"}).empty());
    CHECK(find(rep, {.name = api::CallerName{"Robin", "Sample"}, .birth_date = "1990-01-01", .zip = "02103"})
              .empty());
}

TEST_CASE("identify: nobody, several and facts that do not agree are one answer, at one cost") {
    SqlTrace const trace;
    CasesBench bench;
    CaseDesk rep(bench, "Robin Rep", {StaffRole::PhoneRep});
    std::vector<Said> const none{
        {.birth_date = "1990-01-01", .zip = "02103"},                           // two of them
        {.birth_date = "1990-01-02", .zip = "02103"},                           // nobody
        {.name = api::CallerName{"Ale", "Sample"}, .birth_date = "1980-02-03"}, // exact is exact
        {.name = api::CallerName{"Alex", "Sampl"}, .zip = "02101"},             //
        {.name = api::CallerName{"Sample", "Alex"}, .zip = "02101"},            //
        {.member_id = "PRT 4711 A12", .birth_date = "1971-05-06"},              // another's birth date
        {.member_id = "PRT 4711", .birth_date = "1980-02-03"},                  //
        {.member_id = "S-1", .birth_date = "1980-02-03"},                       //
        {.member_id = "M-3", .name = api::CallerName{"Casey", "Sample"}},       //
        {.name = api::CallerName{"Alex", "Sample"}, .birth_date = "1980-02-03", .zip = "02109"},
    };
    std::optional<std::string> first;
    std::optional<SqlTrace::Counts> by_facts;
    std::optional<SqlTrace::Counts> by_number;
    for (auto const& said : none) {
        auto const id = rep.open();
        SqlTrace::take();
        auto const outcome = rep.ask<&identify_caller>("case_identified", on(id, said));
        auto const work = SqlTrace::take();
        REQUIRE(outcome.has_error());
        auto const reply = failure_reply(outcome.error());
        auto const told = std::to_string(reply.status) + reply.body;
        INFO(told);
        CHECK(outcome.error().reason == "nobody_found");
        CHECK(told == first.value_or(told));
        first = told;
        // By facts, one of three statements that differ in a name.
        SqlTrace::Counts counts;
        for (auto const& [sql, count] : work)
            counts[sql.find("FROM plan_member WHERE") == sql.npos ? sql : "the lookup"] += count;
        auto& same = said.member_id ? by_number : by_facts;
        CHECK(counts == same.value_or(counts));
        same = counts;
        CHECK(member_of(bench, rep, id).empty());
        auto const record = bench.audited().back();
        CHECK(record.decision == "refused");
        CHECK(record.reason == "nobody_found");
        CHECK(record.subject.empty());
        must(rep.ask<&close_case>("case_closed", {id, "not_identified", ""}));
    }
    CHECK(by_facts == by_number);
}

TEST_CASE("identify: one fact is too few, and what is wrong in a fact is said by its name") {
    CasesBench bench;
    CaseDesk rep(bench, "Robin Rep", {StaffRole::PhoneRep});
    auto const id = rep.open();
    auto const said = [&](Said const& facts) {
        auto const outcome = rep.ask<&identify_caller>("case_identified", on(id, facts));
        return outcome.has_error() ? outcome.error() : Error{};
    };
    std::string const day = "1980-02-03";
    for (auto const& one : std::vector<Said>{{}, {.member_id = "M-2"}, {.birth_date = day}, {.zip = "02101"}})
        CHECK(said(one).reason == "facts_few");
    CHECK(said({.name = api::CallerName{"Alex", "Sample"}}).reason == "facts_few");
    struct Wrong {
        Said facts;
        char const* field;
    };
    std::vector<Wrong> wrong;
    for (auto const* zip : {"", "0210", "0210A", "021011", "02101-", "*", "02101%"})
        wrong.push_back({{.birth_date = day, .zip = zip}, "zip"});
    for (auto const* date : {"", "1980", "1980-02", "1980-02-30", "02/03/1980", "1980-02-03T00:00:00Z", "*"})
        wrong.push_back({{.birth_date = date, .zip = "02101"}, "birth_date"});
    for (auto const* number : {"", " ", "PRT*", "PRT%", "PRT_4711", "PRT\n4711", "\u00C1"})
        wrong.push_back({{.member_id = number, .birth_date = day}, "member_id"});
    wrong.push_back({{.member_id = std::string(65, '1'), .birth_date = day}, "member_id"});
    for (auto const* part : {"", "-", "Al*", "A%", "Al_x", "A?", "Al\nex", "\xFF"}) {
        wrong.push_back({{.name = api::CallerName{part, "Sample"}, .birth_date = day}, "name"});
        wrong.push_back({{.name = api::CallerName{"Alex", part}, .birth_date = day}, "name"});
    }
    wrong.push_back({{.name = api::CallerName{std::string(101, 'x'), "Sample"}, .zip = "02101"}, "name"});
    for (auto const& each : wrong) {
        auto const problem = said(each.facts);
        INFO(each.field);
        CHECK(problem.kind == ErrorKind::InvalidInput);
        CHECK(problem.reason == std::string(each.field) + "_invalid");
        CHECK(problem.message.find(each.field) == 0);
    }
    // None of them was a try.
    CHECK(bench.number("SELECT tries FROM case_file") == 0);
    CHECK(rep.identify(says_alex(id)).empty());
}

TEST_CASE("identify: a case is about one member for good") {
    CasesBench bench;
    CaseDesk rep(bench, "Robin Rep", {StaffRole::PhoneRep});
    CaseDesk supervisor(bench, "Kim Lead", {StaffRole::Supervisor});
    auto const id = rep.open();
    REQUIRE(rep.identify(says_alex(id)).empty());
    CHECK(rep.identify(says_alex(id)) == "case_bound");
    CHECK(rep.identify(on(id, {.member_id = "M-2", .zip = "02102"})) == "case_bound");
    REQUIRE(supervisor.take(id).empty());
    CHECK(supervisor.identify(on(id, {.member_id = "M-2", .zip = "02102"})) == "case_bound");
    CHECK(member_of(bench, supervisor, id) == "alex");
    REQUIRE(supervisor.close(id).empty());
    CHECK(supervisor.identify(says_alex(id)) == "case_closed");
}

TEST_CASE("identify: five tries a case find nobody, and the sixth is not looked at, a supervisor goes on") {
    CasesBench bench;
    CaseDesk rep(bench, "Robin Rep", {StaffRole::PhoneRep});
    CaseDesk supervisor(bench, "Kim Lead", {StaffRole::Supervisor});
    auto const id = rep.open();
    for (int left = 4; left >= 0; --left) {
        auto const outcome = rep.ask<&identify_caller>("case_identified", says_nobody(id));
        CHECK(outcome.error().reason == "nobody_found");
        CHECK(outcome.error().tries_left == left);
    }
    auto const full = rep.ask<&identify_caller>("case_identified", says_alex(id));
    CHECK(full.error().reason == "tries_case_full");
    CHECK(full.error().message.find("supervisor") != std::string::npos);
    bench.clock.advance(std::chrono::hours(24));
    CHECK(rep.identify(says_alex(id)) == "tries_case_full");
    REQUIRE(supervisor.take(id).empty());
    CHECK(supervisor.identify(says_nobody(id)) == "nobody_found");
    CHECK(supervisor.take(id).empty()); // gives no tries back
    CHECK(bench.number("SELECT tries FROM case_file") == 1);
    CHECK(supervisor.identify(says_alex(id)).empty());
}

TEST_CASE("identify: thirty tries an hour find nobody, at any desk, and the next ones wait") {
    CasesBench bench;
    CaseDesk rep(bench, "Robin Rep", {StaffRole::PhoneRep});
    auto second = rep.at_another_desk();
    CaseDesk other(bench, "Casey Rep", {StaffRole::PhoneRep});
    for (int i = 0; i < 6; ++i) {
        auto const id = rep.open();
        for (int k = 0; k < 5; ++k) {
            REQUIRE((k % 2 == 0 ? rep : second).identify(says_nobody(id)) == "nobody_found");
            bench.clock.advance(std::chrono::minutes(1));
        }
    }
    auto const id = rep.open();
    auto const full = rep.ask<&identify_caller>("case_identified", says_alex(id));
    CHECK(full.error().reason == "tries_hour_full");
    CHECK(full.error().retry_after_s > std::int64_t{29} * 60);
    CHECK(full.error().retry_after_s <= std::int64_t{30} * 60 + 1);
    CHECK(second.identify(says_alex(id)) == "tries_hour_full");
    auto const theirs = other.open();
    CHECK(other.identify(says_alex(theirs)).empty());
    bench.clock.advance(std::chrono::seconds(full.error().retry_after_s));
    CHECK(rep.identify(says_nobody(id)) == "nobody_found"); // the first of them is an hour old
    CHECK(rep.identify(says_nobody(id)) == "tries_hour_full");
    bench.clock.advance(std::chrono::hours(1));
    CHECK(rep.identify(says_alex(id)).empty());
}

TEST_CASE(
    "identify: of parallel tries at several nodes no more are looked at than a case and an hour allow") {
    constexpr int nodes = 3;
    constexpr int cases = 8;
    CasesBench bench;
    CaseDesk rep(bench, "Robin Rep", {StaffRole::PhoneRep});
    std::vector<std::string> ids;
    for (int i = 0; i < cases; ++i)
        ids.push_back(rep.open());
    std::vector<std::unique_ptr<Store>> stores;
    std::vector<std::unique_ptr<AuditLog>> audits;
    std::vector<std::unique_ptr<Services>> services;
    for (int i = 0; i < nodes; ++i) {
        stores.push_back(must(Store::open(address_of(bench.scratch))));
        audits.push_back(std::make_unique<AuditLog>(bench.clock, bench.vault->records, bench.vault->index,
                                                    "node-" + std::to_string(i)));
        services.push_back(std::make_unique<Services>(bench.clock, *stores.back(), *bench.vault));
        services.back()->audit = audits.back().get();
    }
    std::atomic<int> looked_at = 0;
    std::atomic<int> refused = 0;
    std::atomic<int> others = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 2 * nodes; ++i)
        threads.emplace_back([&, i] {
            auto desk = rep;
            desk.call_at(*services[static_cast<std::size_t>(i % nodes)]);
            for (auto const& id : ids)
                for (int k = 0; k < 3; ++k) {
                    auto const answer = desk.identify(says_nobody(id));
                    bool const full = answer == "tries_case_full" || answer == "tries_hour_full";
                    ++(answer == "nobody_found" ? looked_at : full ? refused : others);
                }
        });
    for (auto& thread : threads)
        thread.join();
    CHECK(looked_at == hour_tries_max);
    CHECK(refused == 2 * nodes * cases * 3 - hour_tries_max);
    CHECK(others == 0);
    CHECK(bench.number("SELECT max(tries) FROM case_file") == case_tries_max);
    CHECK(bench.number("SELECT count(*) FROM case_try") == hour_tries_max);
}

TEST_CASE("identify: of parallel right tries at several nodes one binds a case") {
    CasesBench bench;
    CaseDesk rep(bench, "Robin Rep", {StaffRole::PhoneRep});
    auto const id = rep.open();
    std::atomic<int> bound = 0;
    std::atomic<int> late = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&, i] {
            auto desk = rep;
            auto const answer =
                desk.identify(i % 2 == 0 ? says_alex(id) : on(id, {.member_id = "M-2", .zip = "02102"}));
            bound += answer.empty() ? 1 : 0;
            late += answer == "case_bound" ? 1 : 0;
        });
    for (auto& thread : threads)
        thread.join();
    CHECK(bound == 1);
    CHECK(late == 3);
    CHECK(bench.number("SELECT count(*) FROM case_record") == 1);
}

TEST_CASE(
    "identify: thirty members' records an hour, then a supervisor allows more, and never for themselves") {
    CasesBench bench;
    CaseDesk rep(bench, "Robin Rep", {StaffRole::PhoneRep});
    CaseDesk supervisor(bench, "Kim Lead", {StaffRole::Supervisor});
    CaseDesk officer(bench, "Jo Privacy", {StaffRole::PrivacyOfficer});
    int next = 0;
    auto const number = [](int i) { return "Q-" + std::to_string(i); };
    for (int i = 0; i < 62; ++i)
        bench.add(
            sample_member("m" + std::to_string(i), {"Alex", "Sample"}, "1970-01-01", "02150", number(i)));
    auto const find_next = [&] { return find(rep, {.member_id = number(next), .birth_date = "1970-01-01"}); };
    for (; next < 30; ++next) {
        REQUIRE(find_next().empty());
        // The same member again is no other record.
        if (next == 0)
            REQUIRE(find_next().empty());
    }
    CHECK(find_next() == "records_hour_full");
    // Whom the facts fit makes no difference.
    CHECK(find(rep, {.member_id = "nobody", .birth_date = "1970-01-01"}) == "records_hour_full");
    CHECK(rep.allow_more(rep.staff()) == "not_for_oneself");
    CHECK(supervisor.allow_more(supervisor.staff()) == "not_for_oneself");
    CHECK(supervisor.allow_more(StaffId("nobody")) == "colleague_unknown");
    CHECK(supervisor.allow_more(officer.staff()) == "colleague_unknown");
    CHECK(supervisor.allow_more(rep.staff()).empty());
    auto const record = bench.audited().back();
    CHECK(record.action == "case_more_allowed");
    CHECK(record.actor == supervisor.staff().text());
    CHECK(record.subject == rep.staff().text());
    for (; next < 60; ++next)
        REQUIRE(find_next().empty());
    CHECK(find_next() == "records_hour_full");
    bench.clock.advance(std::chrono::minutes(61));
    CHECK(find_next().empty());
}

TEST_CASE("identify: what one desk's hour allows is counted once over parallel calls") {
    CasesBench bench;
    CaseDesk rep(bench, "Robin Rep", {StaffRole::PhoneRep});
    std::vector<std::string> ids;
    for (int i = 0; i < 36; ++i) {
        bench.add(sample_member("m" + std::to_string(i), {"Alex", "Sample"}, "1970-01-01", "02150",
                                "Q-" + std::to_string(i)));
        ids.push_back(rep.open());
    }
    std::atomic<std::size_t> next = 0;
    std::atomic<int> found = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            auto desk = rep;
            for (auto at = next++; at < ids.size(); at = next++)
                found += desk.identify(on(ids[at], {.member_id = "Q-" + std::to_string(at), .zip = "02150"}))
                                 .empty()
                             ? 1
                             : 0;
        });
    for (auto& thread : threads)
        thread.join();
    CHECK(found == hour_records_max);
}

TEST_CASE("identify: staff who are members open no case on themselves, and take none over") {
    CasesBench bench;
    CaseDesk rep(bench, "Alex Sample", {StaffRole::PhoneRep, StaffRole::Supervisor}, PatientId("alex"));
    CaseDesk colleague(bench, "Robin Rep", {StaffRole::PhoneRep});
    auto const id = rep.open();
    CHECK(rep.identify(says_alex(id)) == "own_matter");
    CHECK(member_of(bench, rep, id).empty());
    CHECK(bench.number("SELECT tries FROM case_file") == 1);
    CHECK(rep.identify(on(id, {.member_id = "M-2", .zip = "02102"})).empty());
    auto const theirs = colleague.open();
    REQUIRE(colleague.identify(says_alex(theirs)).empty());
    CHECK(rep.take(theirs) == "own_matter");
    CHECK(colleague.close(theirs).empty());
}
