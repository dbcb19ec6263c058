#include "tests/support/catch.h"
#include "tests/walk/account_steps.h"

using namespace portico::test;

TEST_CASE("two kiosks: one account at both: each has its own session, shows its own pages, and ends alone") {
    Bench bench;
    auto const lobby = bench.add_kiosk("lobby");
    auto const annex = bench.add_kiosk("annex");
    auto& here = lobby->screen();
    auto& there = annex->screen();
    begin_visit(here);
    register_with_letter(here, bench.invite(alex), bench.settings().key_pin);
    begin_visit(there, "Español");
    type_password(there, alex_username, alex_passphrase);
    there.wait_screen("home");

    // Each is what its own sign-in was: two factors here, one there.
    open_eob(here);
    here.wait_shows("eob.where");
    CHECK(here.words().find("Hola") == std::string::npos);
    open_eob(there);
    there.wait_shows("sign_in.step_up");
    CHECK_FALSE(there.shows("eob.where"));
    CHECK(here.screen() == "eob");

    // What is asked for here stands under the same account there, and moves nothing there by itself.
    press(there, "part.back");
    there.wait_shows("problem_title.step_up_needed");
    CHECK(there.words().find("Esta página pide una cosa más") != std::string::npos);
    press(there, "part.claims");
    there.wait_screen("claims");
    press(there, "part.home");
    there.wait_screen("home");

    // One ends: the other goes on.
    finish_visit(here);
    check_nothing_personal(here);
    press(there, "home.claims");
    there.wait_shows("claims.filter_done");
    finish_visit(there);
    check_nothing_personal(there);
}

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
