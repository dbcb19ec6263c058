#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/support/text.h"
#include "tests/walk/locked_member.h"

using namespace portico::test;

TEST_CASE("unlock call: a member proves at one kiosk that they call, and the other that locked opens") {
    LockedMember member;
    member.lock_at_annex();
    member.sign_in_at_lobby();
    auto& desk = member.desk();
    member.begin_call();
    desk.wait_shows("member.covered");
    // Facts unlock nothing.
    CHECK(desk.is_off("act.unlock_account"));
    desk.key("Alt+U");
    CHECK_FALSE(desk.shows("unlock.title"));
    member.confirm(member.ask_member());
    member.lobby().wait_screen("home");
    desk.wait_shows("case.level_verified");
    CHECK_FALSE(desk.shows("verify.read_out"));
    member.ask_for_unlock();
    desk.wait_shows("unlock.done");
    member.sign_in_at_annex();
    member.office.close_case();
}

TEST_CASE(
    "unlock call: who signs in after they were asked is asked then, a wrong number and a no verify nobody") {
    LockedMember member;
    auto& desk = member.desk();
    auto& lobby = member.lobby();
    member.begin_call();
    auto number = member.ask_member();
    begin_visit(lobby);
    lobby.device("security_key", "insert", {{"value", LockedMember::key_name}});
    lobby.wait_screen("key");
    key_pin_and_touch(lobby, member.office.bench.settings().key_pin);
    press_key(lobby, member.wrong_number(number));
    lobby.wait_shows("call_check.wrong");
    desk.wait_shows("verify.wrong");
    CHECK_FALSE(holds(desk.words(), "number " + number + "."));
    press(lobby, "part.continue");
    lobby.wait_screen("home");
    number = member.ask_member();
    lobby.wait_screen("call_check");
    press(lobby, "call_check.not_on_phone");
    lobby.wait_shows("call_check.told");
    desk.wait_shows("verify.denied");
    CHECK(desk.shows("case.level_identified"));
    // The third within a day: nobody is verified by phone any more.
    press(lobby, "part.continue");
    number = member.ask_member();
    press_key(lobby, member.wrong_number(number));
    lobby.wait_shows("call_check.wrong");
    desk.wait_shows("verify.wrong");
    member.choose_own_session();
    // The way says so, where it is read first; else the refusal does.
    CHECK(eventually([&] {
        return desk.shows("case_problem.verification_frozen") ||
               holds(desk.words(), "Nobody can be verified by phone for this member");
    }));
    if (desk.shows("verify_way.own_session"))
        desk.key("Escape"); // the dialog stands before the case
    desk.wait_shows("case.level_identified");
}

TEST_CASE(
    "unlock call: by keypad, in Spanish, a member says that they are on no call, and then that they are") {
    LockedMember member;
    auto& desk = member.desk();
    auto& lobby = member.lobby();
    member.sign_in_at_lobby("Español");
    member.begin_call();
    member.ask_member();
    lobby.wait_screen("call_check");
    CHECK(holds(lobby.words(), "teléfono"));
    select_by_keypad(lobby, "msg", "call_check.not_on_phone");
    lobby.wait_shows("call_check.told");
    desk.wait_shows("verify.denied");
    select_by_keypad(lobby, "msg", "part.continue");
    lobby.wait_screen("home");
    auto const number = member.ask_member();
    lobby.wait_screen("call_check");
    select_by_keypad(lobby, "key", number);
    lobby.wait_shows("call_check.right");
    select_by_keypad(lobby, "msg", "part.continue");
    desk.wait_shows("case.level_verified");
}

TEST_CASE("unlock call: a second person says yes at another desk, and nobody to what they asked themselves") {
    LockedMember member(restrict_alex);
    auto& office = member.office;
    register_staff(office.bench, member.lobby(), {.key = "ash", .name = "Ash Approver", .role = "approver"});
    auto const approvers = office.another_desk("desk-2");
    approvers->sign_in("ash");
    member.lock_at_annex();
    member.sign_in_at_lobby();
    auto& desk = member.desk();
    member.begin_call();
    desk.wait_shows("member.protected");
    desk.key("Alt+K");
    desk.wait_shows("glass.title");
    office.fill("glass.reason", "The member is locked out and calls");
    desk.key("Alt+O");
    desk.wait_shows("member.covered");
    member.confirm(member.ask_member());
    desk.wait_shows("case.level_verified");
    member.ask_for_unlock();
    desk.wait_shows("unlock.waiting_until");
    CHECK(member.annex().shows("locked.until_help"));
    // The rep's own queue has no such entry.
    desk.key("F2");
    desk.wait_screen("work");
    CHECK_FALSE(desk.shows("work_kind.unlock_approval"));
    desk.key("F3");

    auto& approver = approvers->screen();
    approver.tap_key(approvers->wait_entry("work_kind.unlock_approval"));
    approver.wait_shows("act.take");
    approver.key("Alt+T");
    approver.wait_shows("work.done_take");
    approver.key("Alt+D");
    approver.wait_shows("asked.by");
    CHECK(holds(approver.words(), "Sam Desk"));
    CHECK_FALSE(holds(approver.words(), "Alex"));
    CHECK(approver.is_off("decide.go"));
    approver.tap("decide.unlock_yes");
    approver.key("Alt+O");
    desk.wait_shows("unlock.done", 60);
    member.sign_in_at_annex();
}

TEST_CASE("unlock call: cables pulled and central killed while the member is asked lose and repeat nothing") {
    LockedMember member;
    auto& office = member.office;
    auto& desk = member.desk();
    auto& lobby = member.lobby();
    member.lock_at_annex();
    member.sign_in_at_lobby();
    member.begin_call();
    auto const number = member.ask_member();
    lobby.wait_screen("call_check");
    // The desk is cut off: it does not hear of the answer. The kiosk's reply is cut off: it says so again.
    office.desk->cable().pull();
    desk.wait_shows("desk.offline", 60);
    office.kiosk->cable().pull_after_bytes_received(1);
    press_key(lobby, number);
    lobby.wait_shows("problem_title.central_unreachable", 60);
    office.bench.kill_central();
    office.kiosk->cable().plug_in();
    office.bench.start_central();
    CHECK(eventually([&] {
        if (lobby.shows("part.try_again"))
            press(lobby, "part.try_again");
        return lobby.shows("call_check.right");
    }));
    CHECK(desk.is_off("act.verify_again"));
    office.desk->cable().plug_in();
    desk.wait_shows("case.level_verified", 60);
    member.ask_for_unlock();
    desk.wait_shows("unlock.done");
    member.sign_in_at_annex();
}

TEST_CASE(
    "unlock call: a verified caller's claims are read at the desk, and go with a look away and a lock") {
    LockedMember member;
    auto& desk = member.desk();
    member.sign_in_at_lobby();
    member.begin_call();
    desk.wait_shows("member.covered");
    // Facts alone show no claim.
    desk.key("Alt+L");
    CHECK_FALSE(desk.shows("desk_claims.title"));
    member.confirm(member.ask_member());
    desk.wait_shows("case.level_verified");
    desk.key("Alt+L");
    desk.wait_shows("desk_claims.list");
    desk.tap_key("eob-0000001-0002");
    desk.wait_shows("desk_eob.claim");
    CHECK(holds(desk.words(), "SHC-0000001-0002"));
    desk.key("Escape");
    desk.wait_shows("desk_claims.list");
    desk.key("F2");
    desk.wait_screen("work");
    desk.key("F3");
    desk.wait_shows("member.covered");
    CHECK_FALSE(desk.shows("desk_claims.title"));
    desk.key("Alt+L");
    desk.wait_shows("desk_claims.list");
    desk.key("Ctrl+L");
    desk.wait_screen("locked");
    member.office.desk->insert_key("sam");
    member.office.desk->pin_and_touch();
    desk.wait_shows("member.covered");
    CHECK_FALSE(desk.shows("desk_claims.title"));
    CHECK_FALSE(holds(desk.words(), "eob-"));
}
