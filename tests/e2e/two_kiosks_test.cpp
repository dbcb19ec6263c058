#include "tests/e2e/account_steps.h"
#include "tests/support/catch.h"

using namespace portico::test;

TEST_CASE("two kiosks: a passphrase changed at one ends the session at the other, which says so") {
    Bench bench;
    auto const lobby = bench.add_kiosk("lobby");
    auto const annex = bench.add_kiosk("annex");
    auto& here = lobby->screen();
    auto& there = annex->screen();
    begin_visit(here);
    register_with_letter(here, bench.invite(alex), bench.settings().key_pin);
    begin_visit(there);
    type_password(there, alex_username, alex_passphrase);
    there.wait_screen("home");

    open_methods(here);
    press(here, "method.password");
    here.wait_screen("choose_username");
    press(here, "choose_username.password");
    here.type("green boats under testville");
    press(here, "part.continue");
    here.wait_shows("methods.add_key");

    press(there, "home.claims");
    there.wait_screen("visit_end");
    check_nothing_personal(there);
    finish_visit(here);
}
