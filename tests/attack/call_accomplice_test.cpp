// Staff who want an account open that nobody may open: by oneself at two desks, outside of a case, and by
// telephones and programs that say what never happened.

#include "central/cases/call_back_calls.h"
#include "tests/attack/call_attack_bench.h"
#include "tests/central/calls/dial_helper.h"

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

std::string decide(CaseDesk& desk, std::string const& entry, std::string const& decision = "applied") {
    std::optional<std::string> const reason =
        decision == "refused" ? std::optional<std::string>("could_not_confirm") : std::nullopt;
    return desk.reason_of<&decide_work>("work_decided", {entry, decision, reason});
}
std::string take(CaseDesk& desk, std::string const& entry) {
    return desk.reason_of<&take_work>("work_taken", {entry});
}

/// Alex's account, locked; an unlock of it in its own case needs a colleague's yes.
struct LockedAccount {
    explicit LockedAccount(CodeBench& of) : bench(of), alex(of.account("alex")) {
        bench.add(sample_member("alex", {"Alex", "Sample"}, "1980-02-03", "02101", "PRT 4711 A12"), true);
        bench.lock(alex);
    }
    /// By the member, in a session of theirs.
    void verify(CaseDesk& desk, std::string const& case_id) {
        MemberAtKiosk member(bench, alex, "kiosk-1");
        auto const number =
            must(desk.ask<&verify_caller>("case_verify_asked", {case_id, "own_session"})).number;
        REQUIRE(member.answer(member.asked().check, number).empty());
    }
    /// A case of this desk's about Alex, whose caller has shown to be the member.
    std::string verified_case(CaseDesk& desk) {
        auto id = desk.open();
        REQUIRE(desk.identify(says(facts_of_alex, id)).empty());
        must(desk.ask<&break_glass>("case_glass_broken", {id, "The member rang about a lock"}));
        verify(desk, id);
        return id;
    }
    std::string unlock(CaseDesk& desk, std::string const& case_id) {
        auto const reply = desk.ask<&unlock_of_case>("case_unlock", {case_id, "mistyped"});
        return reply.has_error() ? reply.error().reason : reply.value().state;
    }
    bool is_locked() { return bench.number("SELECT pin_failures FROM auth_lockout") == 10; }
    std::string entry() {
        return must(bench.store->read<std::vector<QueueEntry>>([&](storage::Database& database) {
                   return bench.queue->open_of_kind(database, "unlock_approval");
               }))
            .at(0)
            .id;
    }

    CodeBench& bench;
    Account alex;
};

} // namespace

TEST_CASE(
    "call accomplice: who asks for an unlock says no yes to it, from two sessions at three nodes at once") {
    CodeBench bench;
    LockedAccount account(bench);
    CallNodes nodes(bench, 3);
    // All the roles that one person can have, so that nothing else is in the way.
    CaseDesk rep(bench, "Robin Rep", {StaffRole::PhoneRep, StaffRole::Approver, StaffRole::Supervisor});
    CaseDesk const second_desk = rep.at_another_desk();
    CaseDesk colleague(bench, "Casey Rep", {StaffRole::PhoneRep, StaffRole::Approver});
    auto const id = account.verified_case(rep);
    REQUIRE(account.unlock(rep, id) == "waiting");
    auto const entry = account.entry();
    Tries tries("a rep who says yes to themself");
    std::vector<std::function<void()>> attackers;
    for (std::size_t i = 0; i < 6; ++i)
        attackers.emplace_back([&, i] {
            auto desk = i % 2 == 0 ? rep : second_desk;
            desk.call_at(nodes.at(i));
            for (int k = 0; k < 4; ++k) {
                static_cast<void>(take(desk, entry)); // a supervisor may take what there is
                tries.made(decide(desk, entry));
                tries.made(decide(desk, entry, "refused"));
                static_cast<void>(desk.reason_of<&hand_work_over>(
                    "work_handed_over", {entry, k % 2 == 0 ? rep.staff().text() : colleague.staff().text()}));
                tries.made(decide(desk, entry));
                tries.made(desk.reason_of<&unlock_of_case>("case_unlock", {id, "mistyped"}) == ""
                               ? "waits still"
                               : "refused");
                static_cast<void>(desk.reason_of<&give_work_back>("work_given_back", {entry}));
            }
        });
    at_once(attackers);
    CHECK(tries.count() == 6 * 4 * 4);
    CHECK(tries.accepted() == 0);
    CHECK(account.is_locked());
    CHECK(bench.number("SELECT count(*) FROM case_unlock WHERE state = 'waiting'") == 1);
    CHECK(bench.number("SELECT count(*) FROM case_unlock") == 1);
    // So that it was only who asked that was in the way.
    static_cast<void>(rep.reason_of<&give_work_back>("work_given_back", {entry}));
    static_cast<void>(take(colleague, entry));
    CHECK(decide(colleague, entry).empty());
    CHECK_FALSE(account.is_locked());
}

TEST_CASE(
    "call accomplice: without an own open case whose caller is verified now nobody unlocks, in 57 tries") {
    CodeBench bench;
    LockedAccount account(bench);
    CaseDesk owner(bench, "Robin Rep", {StaffRole::PhoneRep});
    CaseDesk accomplice(bench, "Casey Rep", {StaffRole::PhoneRep});
    CaseDesk approver(bench, "Ash Approver", {StaffRole::Approver});
    CaseDesk officer(bench, "Jo Privacy", {StaffRole::PrivacyOfficer});
    // One's own case, verified and over; one that was verified half an hour ago; one about nobody; about Alex
    // and not verified.
    auto const closed = account.verified_case(accomplice);
    REQUIRE(accomplice.close(closed).empty());
    auto const stale = account.verified_case(accomplice);
    bench.clock.advance(std::chrono::minutes(31));
    auto const empty = accomplice.open();
    auto const unproven = accomplice.open();
    REQUIRE(accomplice.identify(says(facts_of_alex, unproven)).empty());
    must(accomplice.ask<&break_glass>("case_glass_broken", {unproven, "The member rang about a lock"}));
    auto const verified = account.verified_case(owner); // another's
    REQUIRE(account.unlock(owner, verified) == "waiting");
    auto const entry = account.entry();
    Tries tries("an accomplice outside of a case");
    auto const unknown = make_uuid_v7(bench.clock);
    for (auto const* reason : {"mistyped", "forgotten", "another_tried", "terminal_fault"})
        for (auto const& id : {closed, stale, empty, unproven, verified, unknown, entry, std::string("alex"),
                               account.alex.id.text(), std::string()}) {
            tries.made(accomplice.reason_of<&unlock_of_case>("case_unlock", {id, reason}));
        }
    for (auto* desk : {&accomplice, &officer, &owner}) {
        tries.made(take(*desk, entry));
        tries.made(decide(*desk, entry));
        tries.made(decide(*desk, entry, "refused"));
    }
    // An approver decides what was asked for, and nothing else.
    for (auto const& id : {verified, unknown, account.alex.id.text(), std::string()}) {
        tries.made(take(approver, id));
        tries.made(decide(approver, id));
    }
    CHECK(tries.count() == 57);
    CHECK(tries.accepted() == 0);
    CHECK(account.is_locked());
    CHECK(bench.number("SELECT count(*) FROM case_unlock WHERE state = 'unlocked'") == 0);
}

TEST_CASE(
    "call accomplice: what telephones say is believed of the one whose desk asked, and of no other program") {
    CodeBench bench;
    bench.account("alex");
    CodeCall call(bench);
    CodeCall other(bench, "Casey Rep");
    auto const code = call.send();
    std::vector<TerminalId> const liars{other.phone.caller().terminal, other.rep.caller().terminal,
                                        call.rep.caller().terminal,    TerminalId("kiosk-1"),
                                        TerminalId("nobody"),          TerminalId("")};
    Tries tries("forged call events");
    auto const key_as = [&](TerminalId const& terminal, std::string const& in_call) {
        Caller caller{terminal, "phone", std::nullopt};
        Call forged{*bench.services, caller, "", "", {}, "", "code_keyed", false, 0};
        auto const outcome = take_keyed(forged, {make_uuid_v7(bench.clock), in_call, code});
        tries.made(outcome.has_error() ? outcome.error().reason : outcome.value().outcome);
    };
    for (auto const& liar : liars)
        for (auto const* in_call : {"call-1", "call-2", "", "call-1\n"})
            key_as(liar, in_call);
    CHECK(call.item().code_tries_left == 5);
    CHECK(call.phone.key(code) == "right");

    // The same of a call to the number on file: nobody answered, whatever is said.
    auto const ticket = must(other.rep.ask<&call_number_on_file>("case_call_back_asked", {other.id})).ticket;
    for (auto const& liar :
         {call.phone.caller().terminal, call.rep.caller().terminal, TerminalId("kiosk-1"), TerminalId("")}) {
        DialHelper forged(bench, liar);
        auto const number = forged.number(ticket);
        tries.made(number.starts_with("+") ? "" : number);
        for (auto const* outcome : {"answered", "confirmed", "verified"})
            tries.made(forged.says(ticket, outcome));
    }
    // Nor by the right telephone, for a ticket of its own that is not this one.
    DialHelper own(bench, other.phone.caller().terminal);
    for (auto const* made_up : {"", "alex", "0123456789012345678901234567890123456789012"})
        for (auto const* outcome : {"answered", "confirmed"})
            tries.made(own.says(made_up, outcome));
    // Who has not dialled has nobody who confirms.
    tries.made(own.says(ticket, "confirmed"));
    CHECK(tries.count() == 24 + 16 + 6 + 1);
    CHECK(tries.accepted() == 0);
    CHECK(other.item().level == "identified");
    CHECK(bench.number("SELECT count(*) FROM case_proof") == 1);
}
