#include "central/auth/totp.h"
#include "shared/base/encoding.h"
#include "shared/client/central.h"
#include "shared/client/enrollment.h"
#include "tests/support/catch.h"
#include "tests/support/must.h"
#include "tests/walk/hand.h"

#include <algorithm>
#include <chrono>

using namespace portico;
using namespace portico::test;

namespace {

std::int64_t totp_step_now() {
    auto const now =
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch());
    return now.count() / central::totp_step_s;
}

/// The code app on the member's phone.
struct MemberPhone {
    Secret secret;
    std::int64_t used_step = 0;

    std::string code_of(std::int64_t step) const {
        return std::string(central::totp_code(secret, step).reveal());
    }
    /// One that was not used yet: the present one, or the next, which central takes a little early.
    std::string unused_code() const { return code_of(std::max(used_step + 1, totp_step_now())); }
};

/// A member's account with username, PIN and code app, set up by the calls of this kiosk's terminal.
MemberPhone open_account(Bench& bench, Bench::Kiosk const& kiosk) {
    auto const enrollment = must(client::load_enrollment(kiosk.folder() / "data"));
    client::Central central(must(client::Https::open(
        "https://127.0.0.1:" + std::to_string(const_cast<Bench::Kiosk&>(kiosk).cable().port()),
        enrollment.identity)));
    auto const session = must(
        central.register_with_code({}, {.code = Secret(bench.invite(alex)), .birth_date = "1984-05-17"}));
    client::With const with{.token = session.token};
    must(central.set_password(with, {.username = alex_username, .password = Secret(alex_passphrase)}));
    must(central.set_pin(with, {.pin = Secret(alex_pin)}));
    auto const begun = must(central.begin_totp(with));
    MemberPhone phone{Secret(as_text(must(from_base32(begun.secret_base32.reveal())))), totp_step_now()};
    must(central.confirm_totp(with, {.code = Secret(phone.code_of(phone.used_step))}));
    must(central.sign_out(with));
    return phone;
}

void begin(Hand& hand, std::string const& language) {
    hand.screen().wait_screen("attract");
    hand.press_key(language);
    hand.screen().wait_screen("sign_in");
}

void walk_ways_to_sign_in(Hand::By by, std::string const& language) {
    Bench bench;
    auto const kiosk = bench.add_kiosk();
    auto& screen = kiosk->screen();
    Hand hand(screen, by);
    auto const phone = open_account(bench, *kiosk);

    // Username and password, then the code of the member's app.
    begin(hand, language);
    hand.press("sign_in.username");
    screen.wait_screen("password");
    hand.fill("password.username", alex_username);
    hand.fill("password.password", alex_passphrase);
    hand.press("part.continue");
    screen.wait_screen("totp");
    hand.type("000000");
    hand.press("part.continue");
    screen.wait_shows("totp.refused");
    hand.type(phone.unused_code());
    hand.press("part.continue");
    screen.wait_screen("home");
    hand.press("home.card");
    screen.wait_shows("id_card.front_picture");
    hand.press("id_card.print");
    screen.wait_shows("card_print.done");
    hand.press("card_print.have_it");
    screen.wait_screen("home");
    hand.finish();

    // The plan card, with wrong PINs until the account is locked: said without a word of whose it is.
    auto const card = barcode_of_printed_card(*kiosk);
    begin(hand, language);
    hand.press("sign_in.chip");
    screen.wait_screen("chip_card");
    CHECK(screen.shows("chip.insert"));
    hand.press("key.other_way");
    screen.wait_screen("sign_in");
    hand.press("sign_in.card");
    screen.wait_screen("card_scan");
    screen.device("barcode", "scan", {{"value", card}});
    screen.wait_screen("card_pin");
    constexpr int guesses_max = 20;
    for (int guess = 0; guess < guesses_max && screen.screen() == "card_pin"; ++guess) {
        hand.type("000001");
        hand.press("part.continue");
        wait_not_busy(screen);
    }
    screen.wait_screen("locked");
    CHECK(screen.shows("locked.what"));
    CHECK(screen.words().find("Alex") == std::string::npos);
    hand.press("locked.finish");
    screen.wait_screen("visit_end");
}

} // namespace

TEST_CASE("every way to sign in: by touch, in English") {
    walk_ways_to_sign_in(Hand::By::Touch, "en");
}

TEST_CASE("every way to sign in: by keypad, in Spanish") {
    walk_ways_to_sign_in(Hand::By::Keypad, "es");
}
