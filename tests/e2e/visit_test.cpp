#include "tests/support/catch.h"
#include "tests/walk/visit_steps.h"

using namespace portico::test;

TEST_CASE(
    "visit: a member registers with the letter, comes back with the key, disputes a finding, prints a card") {
    Bench bench;
    auto const kiosk = bench.add_kiosk();
    auto& screen = kiosk->screen();

    begin_visit(screen);
    register_with_letter(screen, bench.invite(alex), bench.settings().key_pin);
    finish_visit(screen);

    begin_visit(screen);
    sign_in_with_key(screen, bench.settings().key_pin);
    screen.wait_shows("home.year");
    CHECK(screen.words().find("Sample Silver PPO") != std::string::npos);

    press(screen, "home.claims");
    screen.wait_shows("claims.filter_done");
    press_key(screen, "eob-0000001-0002");
    screen.wait_shows("eob.where");
    CHECK(screen.shows("eob.check_it"));
    press(screen, "eob.check_it");
    screen.wait_shows("eob.answered");

    press(screen, "eob.print");
    screen.wait_shows("letter.done");
    screen.device("letter_printer", "take");
    press(screen, "letter.ok");
    screen.wait_screen("eob");

    press(screen, "part.claims");
    screen.wait_screen("claims");
    press(screen, "part.home");
    screen.wait_screen("home");
    press(screen, "home.requests");
    screen.wait_shows("request.dispute_finding");

    press(screen, "part.back");
    press(screen, "home.card");
    screen.wait_shows("id_card.front_picture");
    press(screen, "id_card.print");
    screen.wait_shows("card_print.done");
    screen.device("card_printer", "take");
    press(screen, "card_print.have_it");
    screen.wait_screen("home");
    finish_visit(screen);

    // What the visit left on the terminal: the letter and the card as the printers got them, and nothing that
    // tells who was here.
    bench.central({"audit", "verify"}); // exits 0 only when the whole chain holds
}
