#include "tests/support/catch.h"
#include "tests/support/mail_server.h"
#include "tests/walk/account_steps.h"
#include "tests/walk/chip_cards.h"

using namespace portico::test;

namespace {

constexpr char const* alex_email = "alex.sample@example.org";
constexpr char const* second_email = "alex.second@example.org";

} // namespace

TEST_CASE("told: every way to sign in that comes or goes is told to every address on file, by real mail") {
    MailServer const mail;
    Bench bench({.chip_card_pin = chip_pin, .mail_port = mail.port()});
    auto const code = bench.invite(alex);
    issue_chip_card(bench, "lobby", "new", alex, false);
    auto const kiosk = bench.add_kiosk("lobby");
    auto& screen = kiosk->screen();
    auto const& pin = bench.settings().key_pin;

    begin_visit(screen);
    register_with_letter(screen, code, pin);
    for (auto const* subject :
         {"Your account is set up", "Your sign-in changed", "Your PIN changed", "A security key was added"})
        mail.wait_for(alex_email, subject);

    // A second address: from now on both are told.
    press(screen, "home.more");
    press(screen, "more.contact");
    screen.wait_shows("contact.change");
    press(screen, "contact.change");
    screen.wait_screen("contact_edit");
    press(screen, "contact_edit.email");
    for (std::size_t i = 0; i < std::string(alex_email).size(); ++i)
        screen.key("Backspace");
    screen.type(second_email);
    press(screen, "contact_edit.save");
    screen.wait_shows("contact.kept");
    // Another email address is a change that waits, so that the old one can object: both are told.
    for (auto const* address : {alex_email, second_email})
        mail.wait_for(address, "A change of your contact details is waiting");
    press(screen, "part.back");

    press(screen, "more.methods");
    screen.wait_shows("methods.add_key");
    auto const first_key = key_of_row(screen, "method.security_key");
    press(screen, "methods.add_code_app");
    auto const app = set_up_code_app(*kiosk);
    screen.wait_shows("method.totp");
    press(screen, "methods.add_chip");
    screen.wait_shows("chip.insert");
    screen.device("chip_card", "insert");
    screen.wait_shows("chip.pin");
    screen.type(chip_pin);
    press(screen, "part.continue");
    screen.wait_shows("method.chip_card");
    remove_method(screen, first_key);
    for (auto const* address : {alex_email, second_email})
        for (auto const* subject :
             {"A code app was added", "A chip card was added", "A way to sign in was removed"})
            mail.wait_for(address, subject);

    // A mail says what happened and how to object; nothing that opens anything.
    for (int number = 0; number < mail.count(); ++number) {
        auto const text = mail.mail(number);
        CHECK(text.find(app.secret()) == std::string::npos);
        CHECK(text.find(alex_username + std::string("\r\n")) == std::string::npos);
        CHECK(text.find(alex_passphrase) == std::string::npos);
    }
}
