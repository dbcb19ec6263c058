#include "tests/support/catch.h"
#include "tests/walk/account_steps.h"

using namespace portico::test;

TEST_CASE("security key: one that no account knows is refused, and the other ways are a touch away") {
    Bench bench;
    auto const kiosk = bench.add_kiosk();
    auto& screen = kiosk->screen();
    begin_visit(screen);
    register_with_letter(screen, bench.invite(alex), bench.settings().key_pin);
    finish_visit(screen);

    begin_visit(screen, "Español");
    screen.device("security_key", "insert", {{"value", "found-in-the-street"}});
    screen.wait_shows("key.pin");
    screen.type(bench.settings().key_pin);
    press(screen, "part.continue");
    screen.wait_shows("problem.key_no_credential");
    CHECK(screen.words().find("Esta llave no está registrada en este plan") != std::string::npos);
    CHECK_FALSE(screen.shows("key.pin_wrong_more")); // no PIN was wrong
    check_nothing_personal(screen);
    press(screen, "key.other_way");
    screen.wait_screen("sign_in");
    CHECK(screen.shows("sign_in.card"));
}

TEST_CASE("security key: a second one is added, the lost one removed, and the removed one signs in no more") {
    Bench bench;
    auto const kiosk = bench.add_kiosk();
    auto& screen = kiosk->screen();
    auto const& pin = bench.settings().key_pin;
    begin_visit(screen);
    register_with_letter(screen, bench.invite(alex), pin);
    open_methods(screen);
    auto const first = key_of_row(screen, "method.security_key");

    // The key that is in already is not added twice.
    press(screen, "methods.add_key");
    screen.wait_screen("key");
    key_pin_and_touch(screen, pin);
    screen.wait_shows("problem.key_already_registered");
    press(screen, "part.back");
    screen.wait_screen("methods");
    screen.device("security_key", "remove");
    press(screen, "methods.add_key");
    screen.wait_shows("key.insert");
    screen.device("security_key", "insert", {{"value", "spare"}});
    key_pin_and_touch(screen, pin);
    screen.wait_screen("methods");
    screen.wait_shows("methods.add_key");
    finish_visit(screen);

    // With the spare key, by keypad: the first one goes, after a question that says which.
    screen.wait_screen("attract");
    select_by_keypad(screen, "key", "en");
    screen.wait_screen("sign_in");
    screen.device("security_key", "insert", {{"value", "spare"}});
    screen.wait_shows("key.pin");
    screen.type(pin);
    select_by_keypad(screen, "msg", "part.continue");
    screen.wait_shows("key.touch");
    screen.device("security_key", "touch");
    screen.wait_screen("home");
    select_by_keypad(screen, "msg", "home.more");
    screen.wait_screen("more");
    select_by_keypad(screen, "msg", "more.methods");
    screen.wait_shows("methods.add_key");
    select_by_keypad(screen, "key", first);
    screen.wait_shows("methods.remove_title");
    select_by_keypad(screen, "msg", "methods.remove_yes");
    screen.command({{"do", "wait"}, {"node_key", first}, {"absent", true}, {"timeout_s", 30}});
    finish_visit(screen);

    begin_visit(screen);
    screen.device("security_key", "insert", {{"value", "member"}});
    screen.wait_screen("key");
    key_pin_and_touch(screen, pin);
    screen.wait_shows("key.refused");
    check_nothing_personal(screen);
    screen.device("security_key", "remove");
    screen.wait_shows("key.insert");
    screen.device("security_key", "insert", {{"value", "spare"}});
    key_pin_and_touch(screen, pin);
    screen.wait_screen("home");
    finish_visit(screen);
}

TEST_CASE("security key: when the last one is removed, what needs two factors says how to get a second way") {
    Bench bench;
    auto const kiosk = bench.add_kiosk();
    auto& screen = kiosk->screen();
    begin_visit(screen);
    register_with_letter(screen, bench.invite(alex), bench.settings().key_pin);
    open_methods(screen);
    // Username and passphrase are a way to sign in too, so the key may go.
    remove_method(screen, key_of_row(screen, "method.security_key"));
    finish_visit(screen);
    begin_visit(screen);
    type_password(screen, alex_username, alex_passphrase);
    screen.wait_screen("home");
    press(screen, "home.more");
    press(screen, "more.methods");
    screen.wait_shows("sign_in.no_second");
    finish_visit(screen);
}
