#include "kiosk/app/screen.h"
#include "tests/support/catch.h"
#include "tests/walk/directory_steps.h"
#include "tests/walk/hand.h"
#include "tests/walk/walked_screens.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <utility>

using namespace portico::test;

namespace {

template <std::size_t... I>
std::vector<std::string> names_of_screens(std::index_sequence<I...>) {
    return {std::variant_alternative_t<I, portico::kiosk::Screen>::name...};
}

void without_signing_in(Hand& hand, std::string const& language) {
    auto& screen = hand.screen();
    screen.wait_screen("attract");
    hand.press("sign_in.hours");
    screen.wait_screen("help");
    hand.press("help.notices");
    screen.wait_screen("notices");
    hand.press("part.back");
    hand.press("part.back");
    screen.wait_screen("attract");
    hand.press_key(language);
    screen.wait_screen("sign_in");
    hand.press("ui.bar.text_and_color");
    screen.wait_screen("text_and_color");
    hand.press_key("150");
    hand.press("text_color.high");
    hand.press_key("100");
    hand.press("text_color.standard");
    hand.press("switches.title");
    screen.wait_screen("switches");
    hand.press("text_color.done");
    screen.wait_screen("text_and_color");
    hand.press("text_color.done");
    screen.wait_screen("sign_in");
    // The first press reads aloud, the next opens how.
    hand.press("ui.bar.listen");
    hand.press("ui.bar.listen");
    screen.wait_screen("listen");
    hand.press("listen.off");
    screen.wait_screen("sign_in");
    hand.press("ui.bar.language");
    screen.wait_screen("language");
    hand.press_key(language);
    screen.wait_screen("sign_in");
    // For a name that nobody has the page goes on as for any other.
    hand.press("sign_in.way_back");
    screen.wait_screen("way_back");
    hand.fill("way_back.who", "nobody");
    hand.fill("register_code.birth_date", alex_birth_date_digits);
    hand.press("part.continue");
    screen.wait_shows("way_back.code");
    hand.press("part.back");
    screen.wait_shows("way_back.who");
    hand.press("part.back");
    screen.wait_screen("sign_in");
}

void key_pin_and_touch(Hand& hand, std::string const& key_pin) {
    hand.screen().wait_shows("key.pin");
    hand.type(key_pin);
    hand.press("part.continue");
    hand.screen().wait_shows("key.touch");
    hand.screen().device("security_key", "touch");
}

void sets_up_account(Hand& hand, std::string const& code, std::string const& key_pin) {
    auto& screen = hand.screen();
    hand.press("sign_in.register");
    screen.wait_screen("register");
    hand.press("register.letter");
    screen.wait_screen("register_code");
    hand.fill("register_code.code", code);
    hand.fill("register_code.birth_date", alex_birth_date_digits);
    hand.press("part.continue");
    screen.wait_screen("choose_username");
    hand.fill("password.username", alex_username);
    hand.fill("choose_username.password", alex_passphrase);
    hand.press("part.continue");
    screen.wait_screen("choose_pin");
    hand.type(alex_pin);
    hand.press("part.continue");
    screen.wait_shows("choose_pin.again");
    hand.type(alex_pin);
    hand.press("part.continue");
    screen.wait_screen("offer_key");
    screen.device("security_key", "insert");
    hand.press("offer_key.yes");
    screen.wait_screen("key");
    key_pin_and_touch(hand, key_pin);
    screen.wait_screen("register_done");
    hand.press("register_done.go");
    screen.wait_screen("sign_in");
    hand.press("sign_in.key");
    screen.wait_screen("key");
    key_pin_and_touch(hand, key_pin);
    screen.wait_screen("home");
}

void looks_at_claims(Hand& hand) {
    auto& screen = hand.screen();
    hand.press("home.claims");
    screen.wait_shows("claims.filter_done");
    hand.press("claims.search");
    screen.wait_screen("claim_search");
    hand.fill("claim_search.provider", "zzz nobody of this name");
    hand.press("claim_search.show");
    screen.wait_screen("claims");
    screen.wait_shows("claims.none");
    hand.press("claims.clear");
    screen.wait_gone("claims.none");
    hand.press("claims.costs");
    screen.wait_screen("costs");
    screen.wait_shows("costs.total_you");
    hand.press("part.back");
    screen.wait_screen("claims");
    hand.press_key("eob-0000001-0002");
    screen.wait_screen("eob");
    screen.wait_shows("eob.where");
    hand.press("eob.next");
    screen.wait_screen("eob_story");
    hand.press("part.back");
    hand.press("eob.words");
    screen.wait_screen("word_help");
    hand.press("part.back");
    hand.press("eob.print");
    screen.wait_screen("letter_print");
    screen.wait_shows("letter.done");
    screen.device("letter_printer", "take");
    hand.press("letter.ok");
    screen.wait_screen("eob");
    hand.press("part.claims");
    screen.wait_screen("claims");
    hand.press("part.home");
    screen.wait_screen("home");
}

void gets_a_card(Hand& hand) {
    auto& screen = hand.screen();
    hand.press("home.card");
    screen.wait_screen("id_card");
    screen.wait_shows("id_card.front_picture");
    hand.press("id_card.back");
    screen.wait_shows("id_card.back_picture");
    hand.press("id_card.print");
    screen.wait_screen("card_print");
    screen.wait_shows("card_print.done");
    screen.device("card_printer", "take");
    hand.press("card_print.have_it");
    screen.wait_screen("home");
    hand.press("home.more");
    screen.wait_screen("more");
    hand.press("more.mail_card");
    screen.wait_screen("mail_card");
    hand.press("mail_card.damaged");
    hand.press("mail_card.send");
    screen.wait_shows("mail_card.done");
    hand.press("part.ok");
    screen.wait_screen("more");
    hand.press("part.home");
    screen.wait_screen("home");
}

void finds_a_doctor(Hand& hand) {
    auto& screen = hand.screen();
    hand.press("home.doctor");
    screen.wait_screen("find_doctor");
    hand.fill("find.words", "family");
    search_until_found(screen, [&] { hand.press("find.go"); });
    hand.press_key(first_listing(screen));
    screen.wait_screen("doctor");
    hand.press("doctor.add");
    hand.press("doctor.report");
    screen.wait_screen("report_listing");
    hand.press("report.phone");
    hand.fill("report.comment", "The number rings somewhere else.");
    hand.press("report.send");
    screen.wait_shows("report.thanks");
    hand.press("part.ok");
    screen.wait_screen("doctor");
    hand.press("find.title");
    screen.wait_screen("find_doctor");
    hand.press("find.my_list");
    screen.wait_screen("my_doctors");
    hand.press("my_doctors.print");
    screen.wait_shows("letter.done");
    screen.device("letter_printer", "take");
    hand.press("letter.ok");
    screen.wait_screen("my_doctors");
    hand.press("part.back");
    hand.press("part.back");
    screen.wait_screen("home");
}

void keeps_the_account(Hand& hand) {
    auto& screen = hand.screen();
    hand.press("home.more");
    screen.wait_screen("more");
    hand.press("more.contact");
    screen.wait_screen("contact");
    screen.wait_shows("contact.change");
    hand.press("contact.change");
    screen.wait_screen("contact_edit");
    hand.fill("contact_edit.line2", "Apartment 7");
    hand.press("contact_edit.save");
    screen.wait_shows("contact.kept");
    hand.press("part.back");
    hand.press("more.methods");
    screen.wait_screen("methods");
    screen.wait_shows("method.security_key");
    hand.press("method.security_key");
    screen.wait_shows("methods.remove_title");
    hand.press("methods.keep");
    hand.press("methods.add_code_app");
    screen.wait_screen("totp_setup");
    screen.wait_shows("totp_setup.secret");
    hand.press("part.back");
    screen.wait_screen("methods");
    hand.press("part.back");
    hand.press("more.who_calls");
    screen.wait_screen("who_calls");
    screen.wait_shows("who_calls.nobody");
    hand.press("part.back");
    hand.press("part.home");
    screen.wait_screen("home");
    hand.press("home.requests");
    screen.wait_screen("requests");
    screen.wait_shows("requests.list");
    hand.press("part.back");
    screen.wait_screen("home");
}

void is_idle_and_finishes(Hand& hand) {
    auto& screen = hand.screen();
    screen.advance(61);
    screen.wait_screen("still_there");
    hand.press("still_there.more_time");
    screen.wait_screen("home");
    hand.finish();
}

void walk_every_screen(Hand::By by, std::string const& language) {
    Bench bench;
    auto const kiosk = bench.add_kiosk();
    Hand hand(kiosk->screen(), by);
    without_signing_in(hand, language);
    sets_up_account(hand, bench.invite(alex), bench.settings().key_pin);
    looks_at_claims(hand);
    gets_a_card(hand);
    finds_a_doctor(hand);
    keeps_the_account(hand);
    is_idle_and_finishes(hand);
    // A kiosk whose identity cannot be read helps nobody, and says so; nor does it ask anybody for a code.
    kiosk->kill();
    std::ofstream(kiosk->folder() / "data" / "terminal.json") << "{";
    kiosk->start({}, "out_of_order");
    CHECK(kiosk->screen().shows("out_of_order.desk"));
}

} // namespace

TEST_CASE("every screen: the table of walked screens names each screen of the kiosk once") {
    auto names = names_of_screens(std::make_index_sequence<std::variant_size_v<portico::kiosk::Screen>>());
    std::vector<std::string> walked;
    for (auto const& each : walked_screens()) {
        walked.push_back(each.screen);
        CHECK_FALSE(each.by_touch.empty());
        CHECK_FALSE(each.by_keypad.empty());
    }
    std::sort(names.begin(), names.end());
    std::sort(walked.begin(), walked.end());
    CHECK(walked == names);
}

TEST_CASE("every screen: by touch, in English") {
    walk_every_screen(Hand::By::Touch, "en");
}

TEST_CASE("every screen: by keypad, in Spanish") {
    walk_every_screen(Hand::By::Keypad, "es");
}

TEST_CASE("every screen: by keypad, in Arabic", "[full]") {
    walk_every_screen(Hand::By::Keypad, "ar");
}
