#include "tests/walk/visit_steps.h"

#include "tests/support/catch.h"
#include "tests/support/eventually.h"

#include <filesystem>

namespace portico::test {

namespace {

void enter_secret(Driver& screen, std::string const& field, std::string const& text) {
    screen.tap(field);
    screen.type(text);
}

} // namespace

void key_pin_and_touch(Driver& screen, std::string const& key_pin) {
    screen.wait_shows("key.pin");
    screen.type(key_pin);
    press(screen, "part.continue");
    screen.wait_shows("key.touch");
    screen.device("security_key", "touch");
}

void set_up_secrets(Driver& screen, std::string const& username) {
    screen.wait_screen("choose_username");
    enter_secret(screen, "password.username", username);
    enter_secret(screen, "choose_username.password", alex_passphrase);
    press(screen, "part.continue");
    screen.wait_screen("choose_pin");
    screen.type(alex_pin);
    press(screen, "part.continue");
    screen.wait_shows("choose_pin.again");
    screen.type(alex_pin);
    press(screen, "part.continue");
    screen.wait_screen("offer_key");
}

void begin_visit(Driver& screen, std::string const& language) {
    screen.wait_screen("attract");
    screen.tap_label("row", language);
    screen.wait_screen("sign_in");
}

namespace {

void insert_key(Driver& screen, std::string const& key) {
    screen.device("security_key", "insert",
                  key.empty() ? boost::json::object() : boost::json::object{{"value", key}});
}

} // namespace

void register_with_letter(Driver& screen, std::string const& code, std::string const& key_pin) {
    register_person(screen, {}, code, key_pin);
}

void register_person(Driver& screen, Person const& person, std::string const& code,
                     std::string const& key_pin) {
    press(screen, "sign_in.register");
    screen.wait_screen("register");
    screen.tap("register.letter");
    screen.wait_screen("register_code");
    enter_secret(screen, "register_code.code", code);
    enter_secret(screen, "register_code.birth_date", person.birth_date_digits);
    press(screen, "part.continue");
    set_up_secrets(screen, person.username);
    insert_key(screen, person.key);
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

void sign_in_with_key(Driver& screen, std::string const& key_pin, std::string const& key) {
    insert_key(screen, key);
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

/// A page that is gone meanwhile, because something arrived and the screen became shorter, is no failure.
void page_to(Driver& screen, char const* field, std::string const& wanted) {
    auto frame = screen.frame();
    if (is_on_page(frame, field, wanted))
        return;
    for (auto page = frame.at("page").as_int64(); page > 1; --page)
        screen.attempt({{"do", "tap"}, {"msg", "ui.page.up"}});
    frame = screen.frame();
    for (auto page = 1; page < frame.at("pages").as_int64(); ++page) {
        if (is_on_page(screen.frame(), field, wanted))
            return;
        screen.attempt({{"do", "tap"}, {"msg", "ui.page.down"}});
    }
}

} // namespace

void press(Driver& screen, std::string const& msg) {
    // A banner that arrives between looking and pressing moves things to other pages: look again, as people
    // do.
    constexpr int looks_max = 4;
    for (int look = 1; look < looks_max; ++look) {
        page_to(screen, "msg", msg);
        if (screen.attempt({{"do", "tap"}, {"msg", msg}}))
            return;
    }
    page_to(screen, "msg", msg);
    screen.tap(msg);
}

void press_key(Driver& screen, std::string const& key) {
    // A list that is still on its way, or another page because a banner went: look again.
    auto const pressed = eventually(
        [&] {
            page_to(screen, "key", key);
            return screen.attempt({{"do", "tap"}, {"node_key", key}});
        },
        std::chrono::seconds(60));
    if (!pressed)
        screen.tap_key(key); // says what is on the screen instead
}

void type_second_line(Driver& screen, std::string const& text) {
    press(screen, "home.more");
    screen.wait_screen("more");
    press(screen, "more.contact");
    screen.wait_shows("contact.change");
    press(screen, "contact.change");
    screen.wait_screen("contact_edit");
    press(screen, "contact_edit.line2");
    screen.type(text);
}

void open_claim(Driver& screen, std::string const& eob) {
    press(screen, "home.claims");
    screen.wait_shows("claims.filter_done");
    press_key(screen, eob);
    screen.wait_screen("eob");
    screen.wait_gone("eob.loading");
}

void dispute_offline(Bench& bench, Bench::Kiosk& kiosk) {
    auto& screen = kiosk.screen();
    begin_visit(screen);
    register_with_letter(screen, bench.invite(alex), bench.settings().key_pin);
    screen.wait_shows("home.year");
    open_claim(screen, "eob-0000001-0002");
    screen.wait_shows("eob.check_it");
    kiosk.cable().pull();
    screen.wait_shows("part.network_out", 60);
    press(screen, "eob.check_it");
    screen.wait_shows("eob.answered");
}

std::string first_listing(Driver& screen) {
    auto const frame = screen.frame();
    for (auto const& node : frame.at("nodes").as_array()) {
        auto const& object = node.as_object();
        auto const* key = object.if_contains("key");
        // The first row of all says what was looked for.
        if (object.at("role").as_string() == "row" && key != nullptr && key->as_string() != "asked")
            return std::string(key->as_string());
    }
    INFO(boost::json::serialize(frame));
    FAIL("no doctor on the screen");
    return {};
}

void say_still_there(Driver& screen) {
    screen.attempt({{"do", "tap"}, {"msg", "still_there.more_time"}});
}

void wait_not_busy(Driver& screen) {
    auto const is_busy = [&] {
        auto const frame = screen.frame();
        for (auto const& node : frame.at("nodes").as_array())
            for (auto const& state : node.as_object().at("states").as_array())
                if (state.as_string() == "busy")
                    return true;
        return false;
    };
    auto const end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (is_busy())
        REQUIRE(std::chrono::steady_clock::now() < end);
}

std::string barcode_of_printed_card(Bench::Kiosk const& kiosk) {
    std::filesystem::path pdf;
    for (auto const& entry : std::filesystem::recursive_directory_iterator(kiosk.folder() / "bench"))
        if (entry.path().extension() == ".pdf" && entry.path().filename().string().rfind("card", 0) == 0)
            pdf = entry.path();
    REQUIRE_FALSE(pdf.empty());
    auto const stem = (kiosk.folder() / "card").string();
    REQUIRE(run({"pdftoppm", "-r", "300", "-png", pdf.string(), stem}).exit_code == 0);
    for (auto const* page : {"-1.png", "-2.png"}) {
        auto const seen = run({"ZXingReader", "-format", "PDF417", stem + page}).output;
        auto const at = seen.find("Text:");
        if (at == std::string::npos)
            continue;
        auto const begin = seen.find('"', at) + 1;
        return seen.substr(begin, seen.find('"', begin) - begin);
    }
    FAIL("no PDF417 on the printed card");
    return {};
}

void finish_visit(Driver& screen) {
    say_still_there(screen); // on a slow machine a minute has gone meanwhile
    screen.tap("ui.bar.finish");
    screen.wait_screen("visit_end");
    screen.device("security_key", "remove");
    screen.advance(60);
    screen.wait_screen("attract");
}

} // namespace portico::test
