#include "central/calls/candidates.h"
#include "central/calls/ringing_calls.h"
#include "central/operations/changed_numbers.h"
#include "central/plan/fill_find_keys.h"
#include "tests/central/cases/cases_bench.h"

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

constexpr auto shared_number = "+16175550112"; // of all four of the bench

struct RingBench : CasesBench {
    CaseDesk rep{*this, "Robin Rep", {StaffRole::PhoneRep}};

    Result<api::Candidates> ask(std::string const& number) {
        return rep.ask<&call_candidates>("call_candidates_read", {number});
    }
    /// "A. S., B. S. and more"
    std::string names(std::string const& number) {
        auto const found = must(ask(number));
        std::string all;
        for (auto const& each : found.names)
            all += (all.empty() ? "" : ", ") + each;
        return all + (found.more ? " and more" : "");
    }
    std::string reason(std::string const& number) {
        auto const found = ask(number);
        return found.has_error() ? found.error().reason : "";
    }
    void add_with(std::string const& id, PersonName const& name, std::string const& phone,
                  std::optional<bool> restricted = {}) {
        auto member = sample_member(id, name, "1970-01-02", "02199", "N-" + id);
        member.phone = phone;
        add(member, restricted);
    }
    /// Alex has it from now on, or from when the hold ends; the id of the change.
    std::string change_phone(std::string const& phone) {
        auto made = operation(sign_in("alex"));
        made.change_contact_details = api::ChangeContactDetails{};
        made.change_contact_details->old_phone = facts.members["alex"].phone;
        made.change_contact_details->phone = phone;
        REQUIRE(push(made) == "applied");
        return made.id;
    }
    void end_holds() { run("UPDATE contact_change SET in_force_us = made_us"); }
};

} // namespace

TEST_CASE("candidates: a number is found however it is written on file, and shows initials alone") {
    RingBench bench;
    bench.add_with("kim", {"Kim Lee", "Placeholder"}, "+1 (617) 555-0142 x7");
    CHECK(bench.names("+16175550142") == "K. P.");
    CHECK(bench.names("617-555-0142") == "K. P.");
    CHECK(bench.names("16175550142") == "K. P.");
    CHECK(bench.names("+16175550143").empty());
    // Of another country with the same national digits.
    CHECK(bench.names("+446175550142").empty());
}

TEST_CASE("candidates: several members on one number all show, five at the most, and that there are more") {
    RingBench bench;
    CHECK(bench.names(shared_number) == "A. M., A. S., C. S., R. S.");
    bench.add_with("b", {"Bo", "Sample"}, "617 555 0112");
    CHECK(bench.names(shared_number) == "A. M., A. S., B. S., C. S., R. S.");
    bench.add_with("d", {"Dana", "Sample"}, "617 555 0112");
    CHECK(bench.names(shared_number) == "A. M., A. S., B. S., C. S., D. S. and more");
    // A number of a whole shelter is looked at so far and no further.
    for (int i = 0; i < callers_max; ++i)
        bench.add_with("s" + std::to_string(i), {"Zoe", "Zample"}, "617 555 0177");
    CHECK_FALSE(must(bench.ask("+16175550177")).names.empty());
    CHECK(must(bench.ask("+16175550177")).more);
}

TEST_CASE("candidates: a hidden number, a short one and one with letters are nobody's and no error") {
    RingBench bench;
    bench.add_with("none", {"No", "Number"}, "");
    for (auto const* number : {"", "anonymous", "112", "555-0112", "+", "1-617-555-HELP"})
        CHECK(bench.names(number).empty());
    CHECK(bench.number("SELECT count(*) FROM call_ring") == 0);
    CHECK(bench.reason(std::string(33, '1')) == "number_long");
}

TEST_CASE("candidates: the number in force counts, and no other") {
    RingBench bench;
    auto const change = bench.change_phone("(617) 555-0188");
    // On hold: the old one is in force still.
    CHECK(bench.names("+16175550188").empty());
    CHECK(bench.names(shared_number).find("A. S.") != std::string::npos);
    bench.end_holds();
    CHECK(bench.names("+16175550188") == "A. S.");
    CHECK(bench.names(shared_number) == "A. M., C. S., R. S.");
    bench.run("UPDATE contact_change SET withdrawn = 1");
    CHECK(bench.names("+16175550188").empty());
    CHECK(bench.names(shared_number).find("A. S.") != std::string::npos);
}

TEST_CASE("candidates: of protected records there is no word") {
    RingBench bench;
    bench.add_with("vip", {"Vera", "Placeholder"}, "617-555-0155", true);
    CHECK(bench.names("+16175550155").empty());
    // Nor by the count, or by "more".
    for (int i = 0; i < 5; ++i)
        bench.add_with("o" + std::to_string(i), {"Ola", "Sample"}, "617-555-0155");
    CHECK(bench.names("+16175550155") == "O. S., O. S., O. S., O. S., O. S.");
    // A colleague is one.
    bench.add_with("col", {"Cora", "Placeholder"}, "617-555-0156");
    CHECK(bench.names("+16175550156") == "C. P.");
    CaseDesk const colleague(bench, "Cora Placeholder", {StaffRole::PhoneRep}, PatientId("col"));
    CHECK(bench.names("+16175550156").empty());
}

TEST_CASE("candidates: so many numbers an hour for each rep, over all of their desks") {
    RingBench bench;
    auto other_desk = bench.rep.at_another_desk();
    for (int i = 0; i < hour_candidates_max; ++i)
        if (i % 2 == 0)
            CHECK(bench.reason(shared_number).empty());
        else
            CHECK(other_desk.reason_of<&call_candidates>("call_candidates_read", {"+16175550199"}).empty());
    auto const full = bench.ask(shared_number);
    REQUIRE(full.has_error());
    CHECK(full.error().reason == "candidates_hour_full");
    CHECK(full.error().retry_after_s > 3500);
    CHECK(full.error().retry_after_s <= 3601);
    CHECK(other_desk.reason_of<&call_candidates>("call_candidates_read", {shared_number}) ==
          "candidates_hour_full");
    CaseDesk colleague(bench, "Cam Rep", {StaffRole::PhoneRep});
    CHECK(colleague.reason_of<&call_candidates>("call_candidates_read", {shared_number}).empty());
    bench.clock.advance(std::chrono::hours(1));
    CHECK(bench.reason(shared_number).empty());
}

TEST_CASE("candidates: each question is in the audit with who asked, and without the number or a name") {
    RingBench bench;
    must(bench.ask(shared_number));
    std::string records;
    for (auto const& record : bench.audited())
        if (record.action == "call_candidates_read")
            for (auto const& field : record.fields)
                records += record.actor + "|" + record.subject + "|" + field + ";";
    CHECK(records == bench.rep.staff().text() + "||initials;");
}

TEST_CASE("candidates: numbers of a database from before are found once their keys are made") {
    RingBench bench;
    bench.change_phone("(617) 555-0188");
    bench.end_holds();
    must(bench.store->write([&](storage::Database& database) -> Result<void> {
        TRY(Accounts(*bench.vault, bench.clock).create_member(database, PatientId("alex")));
        return ok();
    }));
    bench.run("UPDATE plan_member SET phone = NULL, phone_of = NULL");
    bench.run("UPDATE contact_change SET phone_key = NULL, member_key = NULL, numbered = 0");
    CHECK(bench.names(shared_number).empty());
    CHECK(bench.names("+16175550188").empty());
    CHECK(must(fill_find_keys(*bench.store, *bench.vault)) == 4);
    CHECK(must(fill_find_keys(*bench.store, *bench.vault)) == 0);
    CHECK(must(fill_changed_numbers(*bench.store, *bench.vault)) == 1);
    CHECK(must(fill_changed_numbers(*bench.store, *bench.vault)) == 0);
    CHECK(bench.names(shared_number) == "A. M., C. S., R. S.");
    CHECK(bench.names("+16175550188") == "A. S.");
}

TEST_CASE("candidates: a change of somebody without an account is looked at once and finds nobody") {
    RingBench bench;
    bench.change_phone("(617) 555-0188");
    bench.end_holds();
    bench.run("UPDATE contact_change SET phone_key = NULL, member_key = NULL, numbered = 0");
    CHECK(must(fill_changed_numbers(*bench.store, *bench.vault)) == 1);
    CHECK(must(fill_changed_numbers(*bench.store, *bench.vault)) == 0);
    CHECK(bench.names("+16175550188").empty());
}
