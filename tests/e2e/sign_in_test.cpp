#include "tests/support/catch.h"
#include "tests/walk/visit_steps.h"

using namespace portico::test;

TEST_CASE("sign-in: the printed card opens the account with its PIN, and an EOB asks for more") {
    Bench bench;
    auto const kiosk = bench.add_kiosk();
    auto& screen = kiosk->screen();
    begin_visit(screen);
    register_with_letter(screen, bench.invite(alex), bench.settings().key_pin);
    screen.wait_screen("home");
    press(screen, "home.card");
    screen.wait_shows("id_card.front_picture");
    press(screen, "id_card.print");
    screen.wait_shows("card_print.done");
    screen.device("card_printer", "take");
    finish_visit(screen);
    auto const card = barcode_of_printed_card(*kiosk);

    begin_visit(screen);
    screen.device("barcode", "scan", {{"value", card}});
    screen.wait_screen("card_pin");
    screen.type("000001");
    press(screen, "part.continue");
    screen.wait_shows("problem.sign_in_refused");
    CHECK(screen.words().find("Alex") == std::string::npos);
    screen.type(alex_pin);
    press(screen, "part.continue");
    screen.wait_screen("home");

    press(screen, "home.claims");
    screen.wait_shows("claims.filter_done");
    press_key(screen, "eob-0000001-0002");
    screen.wait_shows("sign_in.step_up");
    screen.device("security_key", "insert");
    screen.wait_shows("key.pin"); // it goes on by itself when a key is pushed in
    screen.type(bench.settings().key_pin);
    press(screen, "part.continue");
    screen.wait_shows("key.touch");
    screen.device("security_key", "touch");
    screen.wait_shows("eob.where");
    finish_visit(screen);

    // Hostile payloads in the place of a card: words, and the same screen.
    begin_visit(screen);
    press(screen, "sign_in.card");
    screen.wait_screen("card_scan");
    for (auto const& payload :
         {std::string(10'000, 'A'), std::string("%808409\n\x01"), card.substr(0, card.size() - 1)}) {
        screen.device("barcode", "scan", {{"value", payload}});
        screen.wait_screen("card_scan");
        CHECK(screen.words().find("Alex") == std::string::npos);
    }
}

TEST_CASE("sign-in: a wrong key PIN says how many tries are left, and a wrong password says no more than an "
          "unknown name") {
    Bench bench;
    auto const kiosk = bench.add_kiosk();
    auto& screen = kiosk->screen();
    begin_visit(screen);
    register_with_letter(screen, bench.invite(alex), bench.settings().key_pin);
    screen.wait_screen("home");
    finish_visit(screen);

    begin_visit(screen);
    screen.device("security_key", "insert");
    screen.wait_shows("key.pin");
    screen.type("1111");
    press(screen, "part.continue");
    screen.wait_shows("key.pin_wrong");
    CHECK(screen.words().find("7 tries left") != std::string::npos);
    screen.type(bench.settings().key_pin);
    press(screen, "part.continue");
    screen.wait_shows("key.touch");
    screen.device("security_key", "remove"); // pulled before the touch
    screen.wait_shows("key.insert");
    CHECK(screen.words().find("Alex") == std::string::npos);

    auto words_for = [&](std::string const& username, std::string const& password) {
        press(screen, "key.other_way");
        screen.wait_screen("sign_in");
        press(screen, "sign_in.username");
        screen.wait_screen("password");
        press(screen, "password.username");
        screen.type(username);
        press(screen, "password.password");
        screen.type(password);
        press(screen, "part.continue");
        screen.wait_shows("problem_title.sign_in_refused");
        auto const words = screen.words();
        return words.substr(0, words.find(username)) + words.substr(words.find(username) + username.size());
    };
    auto const wrong = words_for(alex_username, "wrong but long enough words");
    auto const unknown = words_for("nobody.here", "wrong but long enough words");
    auto const other_case = words_for("Alex.Sample", alex_passphrase);
    CHECK(wrong == unknown);
    CHECK(other_case == unknown);
}
