#include "tests/e2e/visit_steps.h"

namespace portico::test {

namespace {

void enter_secret(Driver& screen, std::string const& field, std::string const& text) {
    screen.tap(field);
    screen.type(text);
}

void key_pin_and_touch(Driver& screen, std::string const& key_pin) {
    screen.wait_shows("key.pin");
    screen.type(key_pin);
    screen.tap("part.continue");
    screen.wait_shows("key.touch");
    screen.device("security_key", "touch");
}

} // namespace

void begin_visit(Driver& screen, std::string const& language) {
    screen.wait_screen("attract");
    screen.tap_label("row", language);
    screen.wait_screen("sign_in");
}

void register_with_letter(Driver& screen, std::string const& code, std::string const& key_pin) {
    screen.tap("sign_in.register");
    screen.wait_screen("register");
    screen.tap("register.letter");
    screen.wait_screen("register_code");
    enter_secret(screen, "register_code.code", code);
    enter_secret(screen, "register_code.birth_date", alex_birth_date_digits);
    screen.tap("part.continue");
    screen.wait_screen("choose_username");
    enter_secret(screen, "password.username", alex_username);
    enter_secret(screen, "choose_username.password", alex_passphrase);
    screen.tap("part.continue");
    screen.wait_screen("choose_pin");
    screen.type(alex_pin);
    screen.tap("part.continue");
    screen.wait_shows("choose_pin.again");
    screen.type(alex_pin);
    screen.tap("part.continue");
    screen.wait_screen("offer_key");
    screen.device("security_key", "insert");
    screen.tap("offer_key.yes");
    screen.wait_screen("key");
    key_pin_and_touch(screen, key_pin);
    screen.wait_screen("register_done");
    screen.tap("register_done.go");
}

void sign_in_with_key(Driver& screen, std::string const& key_pin) {
    screen.device("security_key", "insert");
    screen.wait_screen("key");
    key_pin_and_touch(screen, key_pin);
    screen.wait_screen("home");
}

void page_to_key(Driver& screen, std::string const& key) {
    auto is_there = [&] {
        auto const frame = screen.frame();
        for (auto const& node : frame.at("nodes").as_array())
            if (auto const* found = node.as_object().if_contains("key");
                found != nullptr && found->is_string() && found->get_string() == key)
                return true;
        return false;
    };
    // A screen has fewer pages than this; past the last one the tap fails, with the frame.
    for (int page = 0; page < 50 && !is_there(); ++page)
        screen.tap("ui.page.down");
}

void finish_visit(Driver& screen) {
    screen.tap("ui.bar.finish");
    screen.wait_screen("visit_end");
    screen.device("security_key", "remove");
    screen.advance(60);
    screen.wait_screen("attract");
}

} // namespace portico::test
