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
    screen.wait_screen("claims");
    finish_visit(screen);
}
