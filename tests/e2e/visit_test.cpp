#include "tests/e2e/visit_steps.h"
#include "tests/support/catch.h"

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

    screen.tap("home.claims");
    screen.wait_shows("claims.you_pay");
    page_to_key(screen, "eob-0000001-0002");
    screen.tap_key("eob-0000001-0002");
    screen.wait_shows("eob.where");
    CHECK(screen.shows("eob.check_it"));
    screen.tap("eob.check_it");
    screen.wait_shows("eob.answered");

    screen.tap("eob.print");
    screen.wait_shows("letter.done");
    screen.device("letter_printer", "take");
    screen.tap("letter.ok");
    screen.wait_screen("eob");

    screen.tap("part.claims");
    screen.wait_screen("claims");
    screen.tap("part.home");
    screen.wait_screen("home");
    screen.tap("home.requests");
    screen.wait_shows("requests.applied");

    screen.tap("part.home");
    screen.tap("home.card");
    screen.wait_shows("id_card.front_picture");
    screen.tap("id_card.print");
    screen.wait_shows("card_print.done");
    screen.device("card_printer", "take");
    screen.tap("card_print.have_it");
    screen.wait_screen("home");
    finish_visit(screen);

    // What the visit left on the terminal: the letter and the card as the printers got them, and nothing that
    // tells who was here.
    CHECK(bench.central({"audit", "verify"}).find("ok") != std::string::npos);
}
