#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/walk/switches.h"

using namespace portico::test;

namespace {

std::string value_of(Driver& screen, std::string const& msg) {
    auto const node = screen.node(msg);
    REQUIRE(node.has_value());
    auto const* value = node->if_contains("value");
    return value == nullptr ? std::string() : std::string(value->as_string());
}

bool is_selected(Driver& screen, std::string const& msg) {
    auto const node = screen.node(msg);
    REQUIRE(node.has_value());
    for (auto const& state : node->at("states").as_array())
        if (state.as_string() == "selected")
            return true;
    return false;
}

/// Presses for any one control of the visit, turning the pages on the way to it.
constexpr int presses_for_one_max = 25;

} // namespace

TEST_CASE("switches: a visit by two switches alone, from the first screen to a claim's EOB and goodbye") {
    Bench bench;
    auto const kiosk = bench.add_kiosk();
    auto& screen = kiosk->screen();
    begin_visit(screen);
    register_with_letter(screen, bench.invite(alex), bench.settings().key_pin);
    finish_visit(screen);

    Switches member(screen);
    // The first press turns them on, and says so.
    member.next();
    screen.wait_shows("switches.on");
    CHECK_FALSE(member.lit().empty());
    member.press_key("en");
    screen.wait_screen("sign_in");

    // A user name on the keyboard of the screen: row, then key.
    member.press("sign_in.username");
    screen.wait_screen("password");
    member.press("password.username");
    member.type(alex_username);
    CHECK(value_of(screen, "password.username") == alex_username);
    member.press("ui.key.done");
    member.press("key.other_way");
    screen.wait_screen("sign_in");

    screen.device("security_key", "insert");
    screen.wait_shows("key.pin");
    member.type(bench.settings().key_pin);
    member.press("part.continue");
    screen.wait_shows("key.touch");
    screen.device("security_key", "touch"); // with what moves the switches
    screen.wait_shows("home.claims");
    member.press("home.claims");
    screen.wait_shows("claims.filter_done");
    member.press_key("eob-0000001-0002");
    screen.wait_shows("eob.where");

    // The covered page comes back by a switch as well; with switches there is longer for it.
    screen.advance(90);
    CHECK(screen.screen() == "eob");
    screen.advance(40);
    screen.wait_screen("still_there");
    member.press("still_there.more_time");
    screen.wait_screen("eob");

    member.press("ui.bar.finish");
    screen.wait_screen("visit_end");
    screen.device("security_key", "remove");
    member.press("visit_end.start");
    screen.wait_screen("attract");
    INFO(member.presses() << " presses in all");
    CHECK(member.most_for_one() <= presses_for_one_max);

    // The next person finds the kiosk as it was: no switches, nothing lit, until they press one.
    CHECK(eventually([&] { return !screen.shows("switches.on"); }));
    auto const frame = screen.frame();
    for (auto const& node : frame.at("nodes").as_array())
        CHECK(node.at("role").as_string() != "group");
    screen.key("Enter"); // chooses nothing: nothing was lit
    CHECK(screen.screen() == "attract");
}

TEST_CASE(
    "switches: the kiosk's configuration names their keys, and the person's own settings go with the visit") {
    Bench::Settings settings;
    settings.kiosk_config = "[switches]\nnext = \"F7\"\nselect = \"F8\"\nhold_off_ms = 600\n";
    Bench bench(settings);
    auto const kiosk = bench.add_kiosk();
    auto& screen = kiosk->screen();
    screen.wait_screen("attract");
    screen.key("Space");
    CHECK_FALSE(screen.shows("switches.on"));
    Switches member(screen, "F7", "F8");
    member.next();
    screen.wait_shows("switches.on");
    member.press("ui.bar.text_and_color");
    screen.wait_screen("text_and_color");
    member.press("switches.title");
    screen.wait_screen("switches");
    CHECK(is_selected(screen, "switches.two"));
    CHECK(is_selected(screen, "switches.hold_600"));
    member.press("switches.hold_1000");
    CHECK(is_selected(screen, "switches.hold_1000"));
    member.press("switches.none");
    screen.wait_gone("switches.hold");
    auto const before = member.lit();
    screen.key("F7");
    CHECK(member.lit() == before); // a key like any other
}
