#include "tests/walk/lock_steps.h"

namespace portico::test {

namespace {

/// On the locked screen: the wait passes, here and at central, and one more wrong PIN is typed.
void wait_and_fail_again(Bench& bench, Driver& screen, std::string const& card) {
    screen.advance(10 * 60); // the longest of these waits is 8 minutes
    screen.wait_shows("locked.open");
    age_wrong_tries(bench, 3600);
    press(screen, "locked.sign_in");
    screen.wait_screen("sign_in");
    screen.device("barcode", "scan", {{"value", card}});
    screen.wait_screen("card_pin");
    type_wrong_pin(screen, "locked.title");
}

} // namespace

void type_wrong_pin(Driver& screen, std::string const& expected) {
    screen.type(wrong_card_pin);
    press(screen, "part.continue");
    screen.wait_shows(expected);
}

void five_wrong_pins(Driver& screen) {
    for (int i = 0; i < 4; ++i)
        type_wrong_pin(screen, "problem.sign_in_refused");
    type_wrong_pin(screen, "locked.title");
}

void ten_wrong_pins(Bench& bench, Driver& screen, std::string const& card) {
    five_wrong_pins(screen);
    for (int i = 0; i < 5; ++i)
        wait_and_fail_again(bench, screen, card);
}

} // namespace portico::test
