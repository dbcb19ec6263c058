#include "tests/central/cases/speaker_bench.h"

using namespace portico;
using namespace portico::central;
using namespace portico::test;

TEST_CASE("speakers: who asks on the phone for a member is no second person to it at their own desk") {
    FamilyBench bench;
    bench.lock(bench.account("robin"));
    SpokenCall call(bench, "robin");
    REQUIRE(call.choose(bench.enter(FamilyBench::form("robin", "casey", {AuthorityScope::Account}))).empty());
    call.proven_by("text_code");
    REQUIRE(call.unlock().state == "waiting");
    auto const decide = [&](CaseDesk& desk) {
        auto const entry =
            must(desk.ask<&list_work>("work_read", {std::string(unlock_approval_kind), {}})).items.at(0);
        REQUIRE(desk.reason_of<&take_work>("work_taken", {entry.entry}).empty());
        auto const said = desk.reason_of<&decide_work>("work_decided", {entry.entry, "applied", {}});
        if (!said.empty())
            must(desk.ask<&give_work_back>("work_given_back", {entry.entry}));
        return said;
    };
    CaseDesk themself(bench, "Casey Approver", {StaffRole::Approver}, PatientId("casey"));
    CHECK(decide(themself) == "own_request");
    CHECK(bench.unlocked.empty());
    CaseDesk colleague(bench, "Ash Approver", {StaffRole::Approver});
    CHECK(decide(colleague).empty());
}

TEST_CASE(
    "speakers: a change that somebody asked for on the phone is not let through by them at their desk") {
    FamilyBench bench;
    SpokenCall call(bench, "robin");
    BehalfCall behalf(bench, call.rep, call.id);
    REQUIRE(call.choose(bench.enter(FamilyBench::form("robin", "casey", {AuthorityScope::Contact}))).empty());
    call.proven_by("text_code");
    bench.clock.advance(std::chrono::seconds(1));
    auto change = behalf.asks_address();
    change.change_contact_details->old_address = bench.facts.members["robin"].address;
    REQUIRE(behalf.push(change) == "applied");
    auto const held = bench.queued_of("contact_change_held");
    REQUIRE(!held.id.empty());
    auto const decide = [&](CaseDesk& desk) {
        REQUIRE(desk.reason_of<&take_work>("work_taken", {held.id}).empty());
        auto const said = desk.reason_of<&decide_work>("work_decided", {held.id, "applied", {}});
        if (!said.empty())
            must(desk.ask<&give_work_back>("work_given_back", {held.id}));
        return said;
    };
    CaseDesk themself(bench, "Casey Staff", {StaffRole::PhoneRep}, PatientId("casey"));
    CHECK(decide(themself) == "own_request");
    CaseDesk colleague(bench, "Ash Rep", {StaffRole::PhoneRep});
    CHECK(decide(colleague).empty());
}
