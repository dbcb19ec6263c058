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
    press(screen, "part.continue");
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
    press(screen, "sign_in.register");
    screen.wait_screen("register");
    screen.tap("register.letter");
    screen.wait_screen("register_code");
    enter_secret(screen, "register_code.code", code);
    enter_secret(screen, "register_code.birth_date", alex_birth_date_digits);
    press(screen, "part.continue");
    screen.wait_screen("choose_username");
    enter_secret(screen, "password.username", alex_username);
    enter_secret(screen, "choose_username.password", alex_passphrase);
    press(screen, "part.continue");
    screen.wait_screen("choose_pin");
    screen.type(alex_pin);
    press(screen, "part.continue");
    screen.wait_shows("choose_pin.again");
    screen.type(alex_pin);
    press(screen, "part.continue");
    screen.wait_screen("offer_key");
    screen.device("security_key", "insert");
    press(screen, "offer_key.yes");
    screen.wait_screen("key");
    key_pin_and_touch(screen, key_pin);
    screen.wait_screen("register_done");
    press(screen, "register_done.go");
    // The key is still in: signing in is one PIN and one touch away.
    screen.wait_screen("sign_in");
    press(screen, "sign_in.key");
    screen.wait_screen("key");
    key_pin_and_touch(screen, key_pin);
    screen.wait_screen("home");
}

void sign_in_with_key(Driver& screen, std::string const& key_pin) {
    screen.device("security_key", "insert");
    screen.wait_screen("key");
    key_pin_and_touch(screen, key_pin);
    screen.wait_screen("home");
}

namespace {

bool is_on_page(boost::json::object const& frame, char const* field, std::string const& wanted) {
    for (auto const& node : frame.at("nodes").as_array())
        if (auto const* found = node.as_object().if_contains(field);
            found != nullptr && found->is_string() && found->get_string() == wanted)
            return true;
    return false;
}

void page_to(Driver& screen, char const* field, std::string const& wanted) {
    auto frame = screen.frame();
    if (is_on_page(frame, field, wanted))
        return;
    for (auto page = frame.at("page").as_int64(); page > 1; --page)
        screen.tap("ui.page.up");
    frame = screen.frame();
    for (auto page = 1; page < frame.at("pages").as_int64(); ++page) {
        if (is_on_page(screen.frame(), field, wanted))
            return;
        screen.tap("ui.page.down");
    }
}

} // namespace

void press(Driver& screen, std::string const& msg) {
    page_to(screen, "msg", msg);
    screen.tap(msg);
}

void page_to_key(Driver& screen, std::string const& key) {
    page_to(screen, "key", key);
}

void finish_visit(Driver& screen) {
    screen.tap("ui.bar.finish");
    screen.wait_screen("visit_end");
    screen.device("security_key", "remove");
    screen.advance(60);
    screen.wait_screen("attract");
}

} // namespace portico::test
