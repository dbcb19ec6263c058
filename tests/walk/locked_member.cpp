#include "tests/walk/locked_member.h"

#include "tests/support/catch.h"
#include "tests/walk/looks.h"

#include <regex>

namespace portico::test {

LockedMember::LockedMember(PhoneDesk::ChangePlan const& change_plan) : office("phone_rep", change_plan) {
    open_account();
}

LockedMember::LockedMember(Bench& bench) : office(bench) {
    open_account();
}

void LockedMember::open_account() {
    annex_ = office.bench.add_kiosk("annex");
    begin_visit(lobby());
    register_person(lobby(), {.key = key_name}, office.bench.invite(alex), office.bench.settings().key_pin);
    finish_visit(lobby());
    card_ = hand_over_plan_card(office.bench, alex, "BENCHCARD1");
}

void LockedMember::lock_at_annex() {
    begin_visit(annex());
    annex().device("barcode", "scan", {{"value", card_}});
    annex().wait_screen("card_pin");
    ten_wrong_pins(office.bench, annex(), card_);
    CHECK(annex().shows("locked.until_help"));
}

void LockedMember::sign_in_at_annex() {
    annex().wait_shows("locked.open", 60);
    press(annex(), "locked.sign_in");
    annex().wait_screen("sign_in");
    sign_in_with_plan_card(annex(), card_, alex_pin);
    annex().wait_screen("home");
}

void LockedMember::try_to_sign_in_at_annex() {
    auto& screen = annex();
    auto const where = screen.screen();
    if (where == "locked")
        screen.attempt({{"do", "tap"}, {"msg", "locked.sign_in"}});
    else if (where == "sign_in")
        screen.attempt({{"do", "device"}, {"device", "barcode"}, {"action", "scan"}, {"value", card_}});
    else if (where == "card_pin" && is_on(screen, "part.continue")) {
        screen.type(alex_pin);
        screen.attempt({{"do", "tap"}, {"msg", "part.continue"}});
        eventually([&] { return screen.screen() != where || is_on(screen, "part.continue"); });
    }
}

void LockedMember::sign_in_at_lobby(std::string const& language) {
    begin_visit(lobby(), language);
    sign_in_with_key(lobby(), office.bench.settings().key_pin, key_name);
}

void LockedMember::begin_call() {
    office.open_case();
    office.say_name_and_birth();
    office.find();
}

void LockedMember::choose_own_session() {
    desk().key("Alt+V");
    desk().wait_shows("verify_way.own_session");
    desk().key("Alt+O");
}

std::string LockedMember::ask_member() {
    choose_own_session();
    desk().wait_shows("verify.read_out");
    static std::regex const number(R"(number (\d\d)\.)");
    std::smatch found;
    auto const words = desk().words();
    REQUIRE(std::regex_search(words, found, number));
    return found[1];
}

void LockedMember::confirm(std::string const& number) {
    lobby().wait_screen("call_check");
    press_key(lobby(), number);
    lobby().wait_shows("call_check.right");
    press(lobby(), "part.continue");
}

std::string LockedMember::wrong_number(std::string const& right) {
    static std::regex const two_digits(R"(\b(\d\d)\b)");
    lobby().wait_screen("call_check");
    auto const words = lobby().words();
    for (std::sregex_iterator each(words.begin(), words.end(), two_digits), end; each != end; ++each)
        if ((*each)[1] != right)
            return (*each)[1];
    FAIL("no other number is shown");
    return {};
}

void LockedMember::ask_for_unlock() {
    desk().key("Alt+U");
    desk().wait_shows("unlock.reasons");
    CHECK(desk().is_off("unlock.go"));
    desk().tap_key("mistyped");
    desk().key("Alt+O");
}

} // namespace portico::test
