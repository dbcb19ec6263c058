#include "tests/central/cases/caller_bench.h"

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

/// Alex, locked out, on the phone with a rep who knows that it is them.
struct LockedOutCall {
    CallerBench bench;
    Account alex = bench.account("alex");
    CallOfAlex call{bench};

    LockedOutCall() {
        bench.lock(alex);
        verify();
    }
    void verify() {
        MemberAtKiosk member(bench, alex, "kiosk-1");
        call.verified_by(member);
    }
    std::string state() {
        return must(call.rep.ask<&read_case_member>("case_member_read", {call.id})).account;
    }
    /// So that the next unlock needs a second person.
    void unlocked_before() {
        CHECK(call.unlock().state == "unlocked");
        bench.lock(alex);
        verify();
    }
};

std::vector<api::WorkItem> approvals(CaseDesk& desk) {
    return must(desk.ask<&list_work>("work_read", {std::string(unlock_approval_kind), {}})).items;
}
std::string take_entry(CaseDesk& desk, std::string const& entry) {
    return desk.reason_of<&take_work>("work_taken", {entry});
}
std::string decide(CaseDesk& desk, std::string const& entry, std::string const& decision = "applied",
                   std::optional<std::string> const& reason = {}) {
    return desk.reason_of<&decide_work>("work_decided", {entry, decision, reason});
}
std::string approve(CaseDesk& desk, std::string const& entry) {
    auto const taken = take_entry(desk, entry);
    return taken.empty() ? decide(desk, entry) : taken;
}

} // namespace

TEST_CASE("unlock: what locked the account is told, by way, time and place") {
    LockedOutCall locked;
    auto const lock = must(locked.call.rep.ask<&case_lock>("case_lock_read", {locked.call.id}));
    CHECK(lock.account == "locked");
    CHECK(lock.second_yes.empty());
    REQUIRE(lock.wrong_sign_ins.size() == 10);
    CHECK(lock.wrong_sign_ins.front().way == "pin");
    CHECK(lock.wrong_sign_ins.front().at > lock.wrong_sign_ins.back().at);
    CHECK(locked.call.unlock().state == "unlocked");
    CHECK(must(locked.call.rep.ask<&case_lock>("case_lock_read", {locked.call.id})).wrong_sign_ins.empty());
}

TEST_CASE("unlock: a verified caller's account is open at once, screens and every address are told") {
    LockedOutCall locked;
    auto& bench = locked.bench;
    auto const ticket = must(bench.store->write_value<std::string>([&](storage::Database& database) {
        return make_lock_ticket(database, locked.alex.id.text(), TerminalId("kiosk-7"), bench.clock.now());
    }));
    CHECK(locked.state() == "locked");
    CHECK(locked.call.unlock_reason("because") == "unlock_reason_unknown");
    CHECK(locked.call.unlock_reason().empty());
    CHECK(locked.state() == "open");
    CHECK(locked.call.item().unlock == "unlocked");
    CHECK(bench.unlocked == std::vector<std::string>{"kiosk-7 " + ticket});
    CHECK(bench.mailed == std::vector<std::string>{"alex account_unlocked"});
    CHECK(locked.call.unlock_reason() == "not_locked");
    CaseDesk approver(bench, "Ash Approver", {StaffRole::Approver});
    CHECK(approvals(approver).empty());
}

TEST_CASE("unlock: another one within thirty days needs the yes of a colleague who may") {
    LockedOutCall locked;
    auto& bench = locked.bench;
    locked.unlocked_before();
    bench.mailed.clear();
    auto const desk = locked.call.rep.caller().terminal.text();
    auto const asked = locked.call.unlock();
    CHECK(asked.state == "waiting");
    CHECK(from_rfc3339(asked.expires).value() == bench.clock.now() + std::chrono::minutes(15));
    CHECK(locked.state() == "locked");
    CHECK(locked.call.item().unlock == "waiting");
    // Asking again asks nobody again.
    CHECK(locked.call.unlock().state == "waiting");

    CaseDesk approver(bench, "Ash Approver", {StaffRole::Approver});
    auto const entries = approvals(approver);
    REQUIRE(entries.size() == 1);
    CHECK(entries.front().reason == "mistyped");
    auto const facts = must(approver.ask<&asked_unlock>("unlock_asked_read", {entries.front().entry}));
    CHECK(facts.asked_by_name == "Robin Rep");
    CHECK(facts.second_yes == "restored_lately");
    CHECK(facts.verified_way == "own_session");
    CHECK(facts.account == "locked");
    CHECK(facts.wrong_sign_ins.size() == 10);
    auto const json = api::to_json(facts);
    for (auto const* whole : {"Alex", "Sample", "4711", "1980"})
        CHECK(json.find(whole) == std::string::npos);

    CHECK(decide(approver, entries.front().entry) == "work_not_yours"); // taken first
    bench.listen(desk);
    CHECK(approve(approver, entries.front().entry).empty());
    CHECK(locked.state() == "open");
    CHECK(locked.call.item().unlock == "unlocked");
    CHECK(bench.mailed == std::vector<std::string>{"alex account_unlocked"});
    CHECK(bench.told_at(desk) == std::vector<std::string>{"case_changed"});
    CHECK(approvals(approver).empty());
    CHECK(decide(approver, entries.front().entry) == "queue_entry_done");
}

TEST_CASE("unlock: thirty days after the last one person may again") {
    LockedOutCall locked;
    CHECK(locked.call.unlock().state == "unlocked");
    locked.bench.clock.advance(std::chrono::hours(24 * 30));
    locked.bench.lock(locked.alex);
    locked.verify();
    CHECK(locked.call.unlock().state == "unlocked");
}

TEST_CASE("unlock: a new phone number needs a second person too") {
    LockedOutCall locked;
    auto& bench = locked.bench;
    auto operation = bench.operation(bench.sign_in("alex"));
    operation.change_contact_details = api::ChangeContactDetails{};
    operation.change_contact_details->old_phone = bench.facts.members["alex"].phone;
    operation.change_contact_details->phone = "617-555-0199";
    auto const outcome = bench.push(operation);
    CHECK((outcome == "applied" || outcome == "waiting"));
    CHECK(must(locked.call.rep.ask<&case_lock>("case_lock_read", {locked.call.id})).second_yes ==
          "contact_changed_lately");
    CHECK(locked.call.unlock().state == "waiting");
}

TEST_CASE("unlock: nobody says yes to what they ask themselves, nor twice, nor without the right") {
    CallerBench bench;
    auto const alex = bench.account("alex");
    CaseDesk lead(bench, "Sam Lead", {StaffRole::Supervisor});
    auto const id = lead.open();
    REQUIRE(lead.identify(says_alex(id)).empty());
    auto const verified = [&] {
        MemberAtKiosk member(bench, alex, "kiosk-1");
        auto const number = must(lead.ask<&verify_caller>("case_verify_asked", {id, "own_session"})).number;
        REQUIRE(member.answer(member.asked().check, number).empty());
    };
    bench.lock(alex);
    verified();
    REQUIRE(must(lead.ask<&unlock_of_case>("case_unlock", {id, "forgotten"})).state == "unlocked");
    bench.lock(alex);
    verified();
    REQUIRE(must(lead.ask<&unlock_of_case>("case_unlock", {id, "forgotten"})).state == "waiting");

    // A supervisor may approve, and not this one, wherever they sit.
    auto const entry = approvals(lead).front().entry;
    CHECK(approve(lead, entry) == "own_request");
    auto second_desk = lead.at_another_desk();
    CHECK(approve(second_desk, entry) == "own_request");
    CHECK(decide(lead, entry, "refused", "could_not_confirm") == "own_request");
    // A rep sees nothing of it.
    CaseDesk rep(bench, "Robin Rep", {StaffRole::PhoneRep});
    CHECK(approvals(rep).empty());
    CHECK(take_entry(rep, entry) == "queue_entry_unknown");
    CHECK(must(lead.ask<&read_case_member>("case_member_read", {id})).account == "locked");
    // What an approver's own account is about, a colleague decides.
    CaseDesk self(bench, "Alex Approver", {StaffRole::Approver}, PatientId("alex"));
    CHECK(take_entry(lead, entry).empty());
    must(lead.ask<&give_work_back>("work_given_back", {entry}));
    CHECK(approve(self, entry) == "own_matter");
    must(self.ask<&give_work_back>("work_given_back", {entry}));
    CaseDesk approver(bench, "Ash Approver", {StaffRole::Approver});
    CHECK(approve(approver, entry).empty());
}

TEST_CASE("unlock: an approver sees nothing else of the queue") {
    CallerBench bench;
    QueueEntry other;
    other.kind = "finding_disputed";
    other.detail = "alex";
    must(bench.store->write([&](storage::Database& database) { return bench.queue->add(database, other); }));
    CaseDesk approver(bench, "Ash Approver", {StaffRole::Approver});
    CHECK(must(approver.ask<&list_work>("work_read", {})).items.empty());
    CaseDesk rep(bench, "Robin Rep", {StaffRole::PhoneRep});
    CHECK(must(rep.ask<&list_work>("work_read", {})).items.size() == 1);
}

TEST_CASE("unlock: a no is told to the rep and leaves the account as it is") {
    LockedOutCall locked;
    locked.unlocked_before();
    REQUIRE(locked.call.unlock().state == "waiting");
    CaseDesk approver(locked.bench, "Ash Approver", {StaffRole::Approver});
    auto const entry = approvals(approver).front().entry;
    REQUIRE(take_entry(approver, entry).empty());
    CHECK(decide(approver, entry, "refused") == "reason_needed");
    CHECK(decide(approver, entry, "refused", "claim_is_right") == "reason_unknown");
    CHECK(decide(approver, entry, "withdrawn") == "nothing_to_withdraw");
    CHECK(decide(approver, entry, "refused", "could_not_confirm").empty());
    CHECK(locked.state() == "locked");
    CHECK(locked.call.item().unlock == "refused");
    // The rep may ask again, of another.
    CHECK(locked.call.unlock().state == "waiting");
}

TEST_CASE("unlock: a yes that comes after fifteen minutes is none, and the entry goes off the queue") {
    LockedOutCall locked;
    auto& bench = locked.bench;
    locked.unlocked_before();
    REQUIRE(locked.call.unlock().state == "waiting");
    CaseDesk approver(bench, "Ash Approver", {StaffRole::Approver});
    auto const entry = approvals(approver).front().entry;
    REQUIRE(take_entry(approver, entry).empty());
    bench.clock.advance(std::chrono::minutes(15));
    CHECK(approvals(approver).empty());
    CHECK(approver.reason_of<&asked_unlock>("unlock_asked_read", {entry}) == "approval_expired");
    CHECK(decide(approver, entry) == "approval_expired");
    CHECK(locked.state() == "locked");
    CHECK(locked.call.item().unlock == "expired");
    // The rep asks again before anybody has cleared up.
    CHECK(locked.call.unlock().state == "waiting");
    REQUIRE(approvals(approver).size() == 1);
    CHECK(approvals(approver).front().entry != entry);
    UnlockRequests const unlocks(bench.clock, *bench.queue);
    auto const desks = must(bench.store->write_value<std::vector<TerminalId>>(
        [&](storage::Database& database) { return unlocks.end_expired(database); }));
    CHECK(desks == std::vector{locked.call.rep.caller().terminal});
    CHECK(decide(approver, entry) == "queue_entry_done");
    CHECK(approve(approver, approvals(approver).front().entry).empty());
    CHECK(locked.state() == "open");
}

TEST_CASE("unlock: closed or taken over, a case waits for no yes any more") {
    LockedOutCall locked;
    auto& bench = locked.bench;
    locked.unlocked_before();
    REQUIRE(locked.call.unlock().state == "waiting");
    CaseDesk approver(bench, "Ash Approver", {StaffRole::Approver});
    auto const entry = approvals(approver).front().entry;
    REQUIRE(take_entry(approver, entry).empty());
    SECTION("closed") {
        CHECK(locked.call.rep.close(locked.call.id).empty());
    }
    SECTION("taken over") {
        CaseDesk lead(bench, "Sam Lead", {StaffRole::Supervisor});
        CHECK(lead.take(locked.call.id).empty());
        CHECK(lead.list().front().unlock == "withdrawn");
    }
    CHECK(approvals(approver).empty());
    CHECK(decide(approver, entry) == "queue_entry_done");
    CHECK(bench.number("SELECT pin_failures FROM auth_lockout") == 10);
}

TEST_CASE(
    "unlock: what has opened by itself meanwhile is told as done, a closed account opens by nobody's yes") {
    LockedOutCall locked;
    auto& bench = locked.bench;
    locked.unlocked_before();
    REQUIRE(locked.call.unlock().state == "waiting");
    CaseDesk approver(bench, "Ash Approver", {StaffRole::Approver});
    auto const entry = approvals(approver).front().entry;
    SECTION("recovered in person") {
        must(bench.store->write([&](storage::Database& database) -> Result<void> {
            TRY(clear_lockout(database, locked.alex.id.text(), bench.clock.now()));
            return ok();
        }));
        CHECK(approve(approver, entry).empty());
        CHECK(locked.call.item().unlock == "unlocked");
    }
    SECTION("closed by the plan") {
        must(bench.store->write([&](storage::Database& database) {
            return Accounts(*bench.vault, bench.clock).set_disabled(database, locked.alex.id, true);
        }));
        CHECK(approve(approver, entry) == "account_disabled");
        CHECK(locked.call.item().unlock == "waiting"); // nothing half done
        CHECK(approvals(approver).size() == 1);
    }
}

TEST_CASE("unlock: a command of an operator decides no approval") {
    LockedOutCall locked;
    locked.unlocked_before();
    REQUIRE(locked.call.unlock().state == "waiting");
    auto& bench = locked.bench;
    CaseDesk approver(bench, "Ash Approver", {StaffRole::Approver});
    auto const entry = approvals(approver).front().entry;
    QueueDesk const desk(bench.ledger->tools(), *bench.issues);
    auto const outcome = bench.store->write([&](storage::Database& database) -> Result<void> {
        TRY(desk.decide(database, {entry, StaffDecision::Applied, "", "operator:x"}));
        return ok();
    });
    REQUIRE(outcome.has_error());
    CHECK(outcome.error().reason == "decided_at_a_desk");
    CHECK(approvals(approver).size() == 1);
}

TEST_CASE("unlock: of two colleagues who say yes at once one does") {
    LockedOutCall locked;
    locked.unlocked_before();
    REQUIRE(locked.call.unlock().state == "waiting");
    CaseDesk one(locked.bench, "Ash Approver", {StaffRole::Approver});
    CaseDesk two(locked.bench, "Ali Approver", {StaffRole::Approver});
    auto const entry = approvals(one).front().entry;
    REQUIRE(take_entry(one, entry).empty());
    CHECK(take_entry(two, entry) == "work_taken");
    CHECK(decide(two, entry) == "work_not_yours");
    CHECK(decide(one, entry).empty());
    CHECK(decide(two, entry) == "queue_entry_done");
}
