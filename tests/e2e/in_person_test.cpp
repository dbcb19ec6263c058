#include "tests/support/catch.h"
#include "tests/walk/account_steps.h"

using namespace portico::test;

namespace {

/// The key that is in is refused with words; out it comes, and the question for a staff key stands again.
void take_refused_key_out(Driver& screen) {
    check_nothing_personal(screen);
    screen.device("security_key", "remove");
    screen.wait_shows("key.insert_staff");
}

} // namespace

TEST_CASE(
    "in person: a member shows the plan card, staff confirm with their own key, and the account is set up") {
    Bench bench;
    auto const kiosk = bench.add_kiosk();
    auto& screen = kiosk->screen();
    auto const& pin = bench.settings().key_pin;
    register_staff(bench, screen, "desk");
    auto const card = hand_over_plan_card(bench, alex, "BENCHCARD1");

    begin_visit(screen);
    begin_in_person(screen, card);
    screen.device("security_key", "insert", {{"value", "desk"}});
    key_pin_and_touch(screen, pin);
    set_up_secrets(screen);
    press(screen, "offer_key.later");
    screen.wait_screen("sign_in");
    screen.device("security_key", "remove");
    sign_in_with_plan_card(screen, card, alex_pin);
    screen.wait_screen("home");
    CHECK(screen.words().find("Alex") != std::string::npos);
    finish_visit(screen);

    // The staff key itself opens nothing of anybody's.
    begin_visit(screen);
    screen.device("security_key", "insert", {{"value", "desk"}});
    screen.wait_screen("key");
    key_pin_and_touch(screen, pin);
    screen.wait_shows("problem.staff_key");
    CHECK(screen.screen() == "key");
    check_nothing_personal(screen);
}

TEST_CASE("in person: a member's key, a wrong staff PIN and a disabled staff account confirm nobody") {
    Bench bench;
    auto const kiosk = bench.add_kiosk();
    auto& screen = kiosk->screen();
    auto const& pin = bench.settings().key_pin;
    begin_visit(screen);
    register_with_letter(screen, bench.invite(alex), pin);
    finish_visit(screen);
    auto const staff = register_staff(bench, screen, "desk");
    auto const card = hand_over_plan_card(bench, "patient-0000002", "BENCHCARD2");

    begin_visit(screen);
    begin_in_person(screen, card);
    screen.device("security_key", "insert", {{"value", "member"}});
    key_pin_and_touch(screen, pin);
    screen.wait_shows("key.refused_staff");
    take_refused_key_out(screen);

    screen.device("security_key", "insert", {{"value", "desk"}});
    screen.wait_shows("key.pin");
    screen.type("9999");
    press(screen, "part.continue");
    screen.wait_shows("key.pin_wrong");
    CHECK(screen.words().find("7 tries left") != std::string::npos);
    take_refused_key_out(screen);

    bench.central({"account", "disable", staff});
    screen.device("security_key", "insert", {{"value", "desk"}});
    key_pin_and_touch(screen, pin);
    screen.wait_shows("key.refused_staff");
    take_refused_key_out(screen);

    // Enabled again, the same key confirms.
    bench.central({"account", "enable", staff});
    screen.device("security_key", "insert", {{"value", "desk"}});
    key_pin_and_touch(screen, pin);
    screen.wait_screen("choose_username");
    finish_visit(screen);
}

TEST_CASE("in person: staff do not confirm themselves, and a card that nobody has is refused, in Spanish") {
    Bench bench;
    auto const kiosk = bench.add_kiosk();
    auto& screen = kiosk->screen();
    auto const& pin = bench.settings().key_pin;
    register_staff(bench, screen, "desk", alex);
    auto const own = hand_over_plan_card(bench, alex, "BENCHCARD3");
    auto const lost = hand_over_plan_card(bench, "patient-0000002", "BENCHCARD4");
    bench.central({"account", "remove-card", "--number", "BENCHCARD4"});

    begin_visit(screen, "Español");
    begin_in_person(screen, own);
    screen.device("security_key", "insert", {{"value", "desk"}});
    key_pin_and_touch(screen, pin);
    screen.wait_shows("problem.own_account");
    CHECK(screen.words().find("no puede confirmar su propia cuenta") != std::string::npos);
    press(screen, "part.back");
    screen.wait_screen("card_scan");
    screen.device("security_key", "remove");
    screen.device("barcode", "scan", {{"value", lost}});
    screen.wait_shows("key.insert_staff");
    screen.device("security_key", "insert", {{"value", "desk"}});
    key_pin_and_touch(screen, pin);
    screen.wait_shows("key.refused_staff");
    check_nothing_personal(screen);
}

TEST_CASE("in person: a forgotten passphrase is chosen anew with staff, and the lock is gone with it") {
    Bench bench;
    auto const kiosk = bench.add_kiosk();
    auto& screen = kiosk->screen();
    auto const& pin = bench.settings().key_pin;
    begin_visit(screen);
    register_without_second_way(screen, bench.invite(alex));
    press(screen, "sign_in.start_over");
    screen.wait_screen("attract");
    register_staff(bench, screen, "desk");
    auto const card = hand_over_plan_card(bench, alex, "BENCHCARD5");
    begin_visit(screen);
    for (int attempt = 0; attempt < 4; ++attempt) {
        if (attempt > 0)
            press(screen, "key.other_way");
        sign_in_with_plan_card(screen, card, "000001");
        screen.wait_shows("problem.sign_in_refused");
    }
    press(screen, "key.other_way");
    sign_in_with_plan_card(screen, card, "000001");
    screen.wait_screen("locked");
    press(screen, "locked.finish");
    screen.wait_screen("visit_end");
    screen.advance(60);
    begin_visit(screen);
    begin_in_person(screen, card);
    screen.device("security_key", "insert", {{"value", "desk"}});
    key_pin_and_touch(screen, pin);
    set_up_secrets(screen);
    press(screen, "offer_key.later");
    screen.wait_screen("sign_in");
    screen.device("security_key", "remove");
    sign_in_with_plan_card(screen, card, alex_pin);
    screen.wait_screen("home");
}
