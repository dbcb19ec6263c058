#include "tests/support/catch.h"
#include "tests/walk/account_steps.h"

using namespace portico::test;

TEST_CASE(
    "code app: set up while registering, then password and code open an EOB without further questions") {
    Bench bench;
    auto const kiosk = bench.add_kiosk();
    auto& screen = kiosk->screen();
    begin_visit(screen);
    register_up_to_second_way(screen, bench.invite(alex));
    press(screen, "offer_key.code_app");
    screen.wait_shows("totp_setup.secret");
    auto app = CodeApp::scan(*kiosk);
    CHECK(app.uri().find("otpauth://totp/Sample%20Health%20Plan:alex.sample?") == 0);
    check_not_in_frame(screen, app);

    // A code that the app does not show: said, and the picture is one step back.
    press(screen, "totp_setup.scanned");
    screen.wait_shows("totp.code");
    screen.type(app.wrong_code());
    press(screen, "part.continue");
    screen.wait_shows("problem.totp_code_wrong");
    screen.tap("part.back");
    screen.wait_shows("totp_setup.secret");
    CHECK(CodeApp::scan(*kiosk).secret() == app.secret());
    press(screen, "totp_setup.scanned");
    screen.type(app.next_code());
    press(screen, "part.continue");
    screen.wait_screen("register_done");
    CHECK(screen.shows("register_done.with_code_app"));
    press(screen, "register_done.go");
    screen.wait_screen("sign_in");

    type_password(screen, alex_username, alex_passphrase);
    screen.wait_screen("totp");
    screen.type(app.wrong_code());
    press(screen, "part.continue");
    screen.wait_shows("totp.refused");
    // The code that confirmed the app is spent, though the app may still show it.
    screen.type(app.last_code());
    press(screen, "part.continue");
    screen.wait_shows("totp.refused");
    screen.type(app.next_code());
    press(screen, "part.continue");
    screen.wait_screen("home");
    open_eob(screen);
    screen.wait_shows("eob.where");
    finish_visit(screen);

    // The same code again, in another visit.
    begin_visit(screen);
    type_password(screen, alex_username, alex_passphrase);
    screen.wait_screen("totp");
    screen.type(app.last_code());
    press(screen, "part.continue");
    screen.wait_shows("totp.refused");
    // A way on: without the code the member sees less, and what needs more says so.
    press(screen, "totp.without");
    screen.wait_screen("home");
    open_eob(screen);
    screen.wait_shows("sign_in.step_up");
    press(screen, "sign_in.code_app");
    screen.wait_screen("totp");
    screen.type(app.next_code());
    press(screen, "part.continue");
    screen.wait_shows("eob.where");
    finish_visit(screen);

    CHECK_FALSE(found_on_disk(bench.folder(), app.secret()));
}

TEST_CASE("code app: added and removed at the list of ways to sign in, by keypad, in Spanish") {
    Bench bench;
    auto const kiosk = bench.add_kiosk();
    auto& screen = kiosk->screen();
    begin_visit(screen);
    register_with_letter(screen, bench.invite(alex), bench.settings().key_pin);
    finish_visit(screen);

    select_by_keypad(screen, "key", "es");
    screen.wait_screen("sign_in");
    screen.device("security_key", "insert");
    screen.wait_shows("key.pin");
    screen.type(bench.settings().key_pin);
    select_by_keypad(screen, "msg", "part.continue");
    screen.wait_shows("key.touch");
    screen.device("security_key", "touch");
    screen.wait_screen("home");
    select_by_keypad(screen, "msg", "home.more");
    screen.wait_screen("more");
    select_by_keypad(screen, "msg", "more.methods");
    screen.wait_shows("methods.add_key");
    select_by_keypad(screen, "msg", "methods.add_code_app");
    screen.wait_shows("totp_setup.secret");
    CHECK(screen.words().find("Registre una aplicación de códigos") != std::string::npos);
    auto app = CodeApp::scan(*kiosk);
    check_not_in_frame(screen, app);
    select_by_keypad(screen, "msg", "totp_setup.scanned");
    screen.wait_shows("totp.code");
    screen.type(app.wrong_code());
    select_by_keypad(screen, "msg", "part.continue");
    screen.wait_shows("problem.totp_code_wrong");
    CHECK(screen.words().find("Ese código no coincide") != std::string::npos);
    screen.type(app.next_code());
    select_by_keypad(screen, "msg", "part.continue");
    screen.wait_shows("method.totp");
    CHECK_FALSE(screen.shows("methods.add_code_app")); // there is one

    // The dialog's safe answer has the focus; the other one is an arrow away.
    select_by_keypad(screen, "msg", "method.totp");
    screen.wait_shows("methods.remove_title");
    select_by_keypad(screen, "msg", "methods.keep");
    screen.wait_shows("method.totp");
    select_by_keypad(screen, "msg", "method.totp");
    screen.wait_shows("methods.remove_title");
    select_by_keypad(screen, "msg", "methods.remove_yes");
    screen.wait_shows("methods.add_code_app");
    finish_visit(screen);

    // A removed app is asked for nothing any more.
    begin_visit(screen, "Español");
    type_password(screen, alex_username, alex_passphrase);
    screen.wait_screen("home");
    open_eob(screen);
    screen.wait_shows("sign_in.step_up");
    CHECK(screen.shows("sign_in.key"));
    CHECK_FALSE(screen.shows("sign_in.code_app"));
    finish_visit(screen);
}

TEST_CASE("code app: who has one way to sign in is told how to get a second one, and staff set it up") {
    Bench bench;
    auto const kiosk = bench.add_kiosk();
    auto& screen = kiosk->screen();
    begin_visit(screen);
    register_without_second_way(screen, bench.invite(alex));
    type_password(screen, alex_username, alex_passphrase);
    screen.wait_screen("home");
    open_eob(screen);
    screen.wait_shows("sign_in.no_second");
    press(screen, "register.staff");
    screen.wait_screen("card_scan");
    finish_visit(screen);
}

TEST_CASE("code app: a passphrase and a PIN are changed at the list of ways to sign in") {
    Bench bench;
    auto const kiosk = bench.add_kiosk();
    auto& screen = kiosk->screen();
    begin_visit(screen);
    register_with_letter(screen, bench.invite(alex), bench.settings().key_pin);
    open_methods(screen);
    press(screen, "method.password");
    screen.wait_screen("choose_username");
    press(screen, "choose_username.password");
    screen.type("too short");
    press(screen, "part.continue");
    screen.wait_shows("problem_title.other");
    CHECK(screen.words().find("That is too short. Use 15 characters or more.") != std::string::npos);
    press(screen, "choose_username.password");
    screen.type("green boats under testville");
    press(screen, "part.continue");
    screen.wait_shows("methods.add_key");
    press(screen, "method.pin");
    screen.wait_screen("choose_pin");
    screen.type("111111");
    press(screen, "part.continue");
    screen.wait_shows("choose_pin.again");
    screen.type("111111");
    press(screen, "part.continue");
    screen.wait_shows("problem.pin_weak");
    screen.type("825164");
    press(screen, "part.continue");
    screen.wait_shows("choose_pin.again");
    screen.type("825164");
    press(screen, "part.continue");
    screen.wait_shows("methods.add_key");
    finish_visit(screen);

    begin_visit(screen);
    type_password(screen, alex_username, alex_passphrase);
    screen.wait_shows("problem_title.sign_in_refused");
    press(screen, "password.password");
    screen.type("green boats under testville");
    press(screen, "part.continue");
    screen.wait_screen("home");
    finish_visit(screen);
}
