#include "tests/support/catch.h"
#include "tests/walk/account_steps.h"
#include "tests/walk/chip_cards.h"

using namespace portico::test;

namespace {

/// Types the PIN of the card that is in and goes on.
void type_chip_pin(Driver& screen, std::string const& pin) {
    screen.wait_shows("chip.pin");
    screen.type(pin);
    press(screen, "part.continue");
}

/// Puts a card in, types its PIN, sees why it is refused, and finds the other ways.
void check_refused(Driver& screen, std::string const& card, std::string const& why) {
    screen.device("chip_card", "insert", {{"value", card}});
    screen.wait_screen("chip_card");
    type_chip_pin(screen, chip_pin);
    screen.wait_shows(why);
    check_nothing_personal(screen);
    press(screen, "key.other_way");
    screen.wait_screen("sign_in");
    screen.device("chip_card", "remove");
}

} // namespace

TEST_CASE("chip card: signs in with its PIN, a wrong PIN, the last try and a blocked card each say so") {
    Bench bench({.chip_card_pin = chip_pin});
    bench.invite(alex); // makes the account that the card is handed over to
    issue_chip_card(bench, "lobby", "member", alex, true);
    auto const kiosk = bench.add_kiosk("lobby");
    auto& screen = kiosk->screen();

    begin_visit(screen);
    screen.device("chip_card", "insert");
    screen.wait_screen("chip_card");
    type_chip_pin(screen, chip_pin);
    screen.wait_screen("home");
    open_eob(screen);
    screen.wait_shows("eob.where"); // card and PIN are two factors
    screen.tap("ui.bar.finish");
    screen.wait_screen("visit_end");
    CHECK(screen.shows("leave.chip_card"));
    screen.device("chip_card", "remove");
    screen.advance(60);
    screen.wait_screen("attract");

    // By keypad, in Spanish: two wrong PINs, the warning of the last one, the right one.
    select_by_keypad(screen, "key", "es");
    screen.wait_screen("sign_in");
    select_by_keypad(screen, "msg", "sign_in.chip");
    screen.wait_shows("chip.insert");
    screen.device("chip_card", "insert");
    screen.wait_shows("chip.pin");
    for (auto const* more : {"problem.card_pin_wrong", "chip.last_try"}) {
        screen.type("11112222");
        select_by_keypad(screen, "msg", "part.continue");
        screen.wait_shows(more);
        wait_not_busy(screen); // the reader tells of the last try before the answer empties the field
    }
    CHECK(screen.words().find("Un PIN equivocado más bloquea la tarjeta") != std::string::npos);
    screen.type(chip_pin);
    select_by_keypad(screen, "msg", "part.continue");
    screen.wait_screen("home");
    select_by_keypad(screen, "msg", "ui.bar.finish");
    screen.wait_screen("visit_end");
    screen.device("chip_card", "remove");
    screen.advance(60);
    screen.wait_screen("attract");

    // Three wrong ones block it; what now is said, and another way is a touch away.
    begin_visit(screen);
    screen.device("chip_card", "insert");
    screen.wait_screen("chip_card");
    for (auto const* more : {"problem.card_pin_wrong", "chip.last_try", "chip.blocked"}) {
        type_chip_pin(screen, "11112222");
        screen.wait_shows(more);
        wait_not_busy(screen);
    }
    CHECK(screen.words().find("Our staff can give you a new one. You can use another way now.") !=
          std::string::npos);
    CHECK_FALSE(screen.shows("chip.pin"));
    check_nothing_personal(screen);
    press(screen, "key.other_way");
    screen.wait_screen("sign_in");
}

TEST_CASE(
    "chip card: another issuer's, one that ran out, one that was revoked: each refused with its reason") {
    Bench bench({.chip_card_pin = chip_pin});
    bench.invite(alex);
    auto const serial = issue_chip_card(bench, "lobby", "lost", alex, true);
    issue_expired_chip_card(bench, "lobby", "old");
    issue_foreign_chip_card(bench, "lobby", "foreign");
    bench.central({"account", "revoke-chip-card", serial});
    auto const kiosk = bench.add_kiosk("lobby");
    auto& screen = kiosk->screen();
    begin_visit(screen);
    check_refused(screen, "foreign", "problem.chip_card_foreign");
    check_refused(screen, "old", "problem.chip_card_expired");
    check_refused(screen, "lost", "problem.chip_card_revoked");
}

TEST_CASE("chip card: pulled out in the middle, at the PIN and while it signs") {
    Bench bench({.chip_card_pin = chip_pin});
    bench.invite(alex);
    issue_chip_card(bench, "lobby", "member", alex, true);
    auto const kiosk = bench.add_kiosk("lobby");
    auto& screen = kiosk->screen();
    begin_visit(screen);
    screen.device("chip_card", "insert");
    screen.wait_shows("chip.pin");
    screen.type("2468");
    screen.device("chip_card", "remove");
    screen.wait_shows("chip.insert");
    screen.device("chip_card", "insert");
    screen.wait_shows("chip.pin");
    // Of what was typed before nothing is left: the whole PIN alone is right.
    screen.device("chip_card", "remove_during_next_call");
    type_chip_pin(screen, chip_pin);
    screen.wait_shows("problem_title.other");
    CHECK(screen.words().find("The card was pulled out. Put it back to go on.") != std::string::npos);
    CHECK(screen.shows("chip.insert"));
    check_nothing_personal(screen);
    screen.device("chip_card", "insert");
    type_chip_pin(screen, chip_pin);
    screen.wait_screen("home");
}

TEST_CASE("chip card: added to an account, signs in, removed, and signs in no more") {
    Bench bench({.chip_card_pin = chip_pin});
    auto const code = bench.invite(alex);
    issue_chip_card(bench, "lobby", "new", alex, false);
    auto const kiosk = bench.add_kiosk("lobby");
    auto& screen = kiosk->screen();
    begin_visit(screen);
    // Certified, but not hers until she adds it.
    check_refused(screen, "new", "chip.refused");
    register_with_letter(screen, code, bench.settings().key_pin);
    open_methods(screen);
    press(screen, "methods.add_chip");
    screen.wait_shows("chip.insert");
    screen.device("chip_card", "insert");
    type_chip_pin(screen, chip_pin);
    screen.wait_shows("method.chip_card");
    screen.device("chip_card", "remove");
    finish_visit(screen);

    begin_visit(screen);
    screen.device("chip_card", "insert");
    screen.wait_screen("chip_card");
    type_chip_pin(screen, chip_pin);
    screen.wait_screen("home");
    open_methods(screen);
    remove_method(screen, key_of_row(screen, "method.chip_card"));
    screen.device("chip_card", "remove");
    finish_visit(screen);

    begin_visit(screen);
    check_refused(screen, "new", "chip.refused");
}
