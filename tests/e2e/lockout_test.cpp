#include "tests/support/catch.h"
#include "tests/walk/lock_steps.h"

using namespace portico::test;

namespace {

/// A member with a key, a plan card with its PIN, and a kiosk that stands on its sign-in screen.
struct Locks {
    Bench bench;
    std::unique_ptr<Bench::Kiosk> kiosk = bench.add_kiosk();
    Driver& screen = kiosk->screen();
    std::string card;

    explicit Locks(std::string const& language = "English") {
        begin_visit(screen);
        register_with_letter(screen, bench.invite(alex), bench.settings().key_pin);
        finish_visit(screen);
        card = hand_over_plan_card(bench, alex, "BENCHCARD1");
        begin_visit(screen, language);
        screen.device("barcode", "scan", {{"value", card}});
        screen.wait_screen("card_pin");
    }

    void five_wrong_pins() { portico::test::five_wrong_pins(screen); }
    void ten_wrong_pins() { portico::test::ten_wrong_pins(bench, screen, card); }
};

} // namespace

TEST_CASE("lockout: five wrong PINs bring a wait, after it the right PIN signs in") {
    Locks locks;
    auto& screen = locks.screen;
    locks.five_wrong_pins();
    CHECK(screen.words().find("About one minute") != std::string::npos);
    check_nothing_personal(screen);

    // Before its time, even with the kiosk's clock ahead, central does not look at a PIN. How slowly this
    // test walks does not bring that time nearer.
    constexpr std::int64_t walk_max_s = 600;
    age_wrong_tries(locks.bench, -walk_max_s);
    screen.advance(31);
    screen.wait_shows("locked.open");
    press(screen, "locked.sign_in");
    screen.wait_screen("sign_in");
    sign_in_with_plan_card(screen, locks.card, alex_pin);
    screen.wait_shows("locked.title");

    screen.advance(31);
    screen.wait_shows("locked.open");
    age_wrong_tries(locks.bench, walk_max_s + 31);
    press(screen, "locked.sign_in");
    screen.wait_screen("sign_in");
    sign_in_with_plan_card(screen, locks.card, alex_pin);
    screen.wait_screen("home");
    finish_visit(screen);
}

TEST_CASE("lockout: ten wrong PINs lock, the operator's unlock arrives on the screen that still stands") {
    Locks locks;
    auto& screen = locks.screen;
    locks.ten_wrong_pins();
    CHECK(screen.shows("locked.until_help"));
    check_nothing_personal(screen);

    // It shows nothing personal, so it may stand: an idle page would long have been covered.
    screen.advance(15 * 60);
    screen.wait_screen("locked");
    CHECK(screen.shows("locked.title"));
    locks.bench.central({"account", "unlock", alex});
    screen.wait_shows("locked.open", 60);
    press(screen, "locked.sign_in");
    screen.wait_screen("sign_in");
    sign_in_with_plan_card(screen, locks.card, alex_pin);
    screen.wait_screen("home");
    finish_visit(screen);
}

TEST_CASE(
    "lockout: a locked screen goes by itself after 20 minutes, and a later unlock finds nobody's page") {
    Locks locks;
    auto& screen = locks.screen;
    locks.ten_wrong_pins();
    screen.advance(20 * 60 + 1);
    screen.wait_screen("visit_end");
    screen.advance(60);
    screen.wait_screen("attract");
    locks.bench.central({"account", "unlock", alex});
    begin_visit(screen);
    sign_in_with_plan_card(screen, locks.card, alex_pin);
    screen.wait_screen("home");
}

TEST_CASE("lockout: a security key still signs in while the PIN is locked, by keypad, in Spanish") {
    Locks locks("Español");
    auto& screen = locks.screen;
    locks.ten_wrong_pins();
    CHECK(screen.words().find("Su cuenta está bloqueada") != std::string::npos);
    select_by_keypad(screen, "msg", "locked.use_key");
    screen.wait_shows("key.insert");
    screen.device("security_key", "insert");
    screen.wait_shows("key.pin");
    screen.type(locks.bench.settings().key_pin);
    select_by_keypad(screen, "msg", "part.continue");
    screen.wait_shows("key.touch");
    screen.device("security_key", "touch");
    screen.wait_screen("home");
    CHECK(screen.words().find("Hola, Alex") != std::string::npos);
    select_by_keypad(screen, "msg", "ui.bar.finish");
    screen.wait_screen("visit_end");
}

TEST_CASE("lockout: wrong codes of a code app lock a session that had begun, and nothing of it stays") {
    Bench bench;
    auto const kiosk = bench.add_kiosk();
    auto& screen = kiosk->screen();
    begin_visit(screen);
    register_up_to_second_way(screen, bench.invite(alex));
    press(screen, "offer_key.code_app");
    auto const app = set_up_code_app(*kiosk);
    screen.wait_screen("register_done");
    press(screen, "register_done.go");
    screen.wait_screen("sign_in");
    type_password(screen, alex_username, alex_passphrase);
    screen.wait_screen("totp");
    auto wrong_code = [&](std::string const& expected) {
        screen.type(app.wrong_code());
        press(screen, "part.continue");
        screen.wait_shows(expected);
    };
    for (int i = 0; i < 5; ++i)
        wrong_code("totp.refused");
    wrong_code("locked.title");
    check_nothing_personal(screen);
    CHECK_FALSE(screen.shows("ui.bar.finish")); // nobody is signed in any more
    press(screen, "locked.finish");
    screen.wait_screen("visit_end");
}
