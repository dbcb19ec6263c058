#include "shared/ui/scan/scan.h"
#include "shared/ui/scan/switches.h"
#include "shared/ui/speech/narrator.h"
#include "tests/support/catch.h"
#include "tests/ui/shown.h"

#include <algorithm>

using namespace portico;
using namespace portico::ui;

namespace {

using std::chrono::milliseconds;

/// A stage whose person has two switches.
struct Switched : Shown {
    explicit Switched(std::string const& name, ScanSettings scan = {.on = true}, Look look = looks().front())
        : Shown(name, look) {
        scan.on = true;
        look.settings.scan = scan;
        stage->configure(look.settings);
        run();
    }
    /// After a pause that no tremor makes.
    bool next() {
        stage.clock.advance(milliseconds(1000));
        stage->input(TextTyped{" "});
        return run();
    }
    bool select() {
        stage.clock.advance(milliseconds(1000));
        stage->input(KeyPressed{Key::Select});
        return run();
    }
    /// The control, or the group, that is told as having the focus.
    Node lit() const {
        Node const* found = nullptr;
        for (auto const& node : stage_frame().nodes) {
            if (!node.states.focused)
                continue;
            CHECK(found == nullptr);
            found = &node;
        }
        REQUIRE(found != nullptr);
        return *found;
    }
    /// Goes on until this control is lit alone, entering its group on the way; fails when that takes long.
    void go_to(std::string id) { // by value: frames come and go
        for (int presses = 0; presses < 40; ++presses) {
            if (lit().id == id)
                return;
            if (lit().role == Role::Group && in_lit_group(id))
                select();
            else
                next();
        }
        INFO(id);
        FAIL("never lit");
    }
    bool in_lit_group(std::string const& id) const {
        auto const& frame = stage_frame();
        auto const groups = scan_groups(frame);
        for (auto const& group : groups) {
            auto const has = [&](std::string const& wanted) {
                return std::any_of(group.begin(), group.end(),
                                   [&](std::size_t i) { return frame.nodes[i].id == wanted; });
            };
            bool const is_lit = std::all_of(group.begin(), group.end(), [&](std::size_t i) {
                return lit().rect.contains(frame.nodes[i].rect, 1);
            });
            if (is_lit && has(id))
                return true;
        }
        return false;
    }
};

} // namespace

TEST_CASE("switches: a group is lit as one, then its controls, with a ring that no side of is cut off") {
    for (auto const& look : looks()) {
        Switched shown("home", {}, look);
        INFO(look.name());
        Rect const screen{0, 0, shown.stage_frame().size.w, shown.stage_frame().size.h};
        bool group_seen = false;
        bool control_seen = false;
        for (int i = 0; i < 12; ++i) {
            auto const lit = shown.lit();
            group_seen = group_seen || lit.role == Role::Group;
            control_seen = control_seen || lit.role != Role::Group;
            CHECK(lit.focus_ring.contains(intersect(lit.rect, screen)));
            CHECK(screen.contains(lit.focus_ring));
            CHECK_FALSE(lit.label.empty());
            shown.next();
        }
        CHECK(group_seen);
        CHECK(control_seen);
        CHECK(shown.stage_frame().problems.empty());
    }
}

TEST_CASE("switches: select presses what is lit, and the scan stays with it") {
    Switched shown("home");
    shown.go_to(shown.stage.node(Role::Tile, "Claims and costs").id);
    shown.select();
    CHECK(shown.state.pressed == "claims");
}

TEST_CASE("switches: a second press within the hold-off is a tremor, time is the stage's clock") {
    Switched shown("home", {.hold_off_ms = 400});
    auto const first = shown.lit().id;
    shown.next();
    auto const second = shown.lit().id;
    REQUIRE(second != first);
    shown.stage.clock.advance(milliseconds(399));
    shown.stage->input(TextTyped{" "});
    CHECK_FALSE(shown.run());
    // The other switch is no better: a hand that shakes hits both.
    shown.stage->input(KeyPressed{Key::Select});
    CHECK_FALSE(shown.run());
    CHECK(shown.lit().id == second);
    CHECK(shown.state.pressed.empty());
    shown.stage.clock.advance(milliseconds(1));
    shown.stage->input(TextTyped{" "});
    CHECK(shown.run());
    CHECK(shown.lit().id != second);

    Switched eager("home", {.hold_off_ms = 0});
    auto const from = eager.lit().id;
    eager.stage->input(TextTyped{" "});
    eager.run();
    eager.stage->input(TextTyped{" "});
    eager.run();
    CHECK(eager.lit().id != from);
}

TEST_CASE("switches: a switch held down is one press, however often its keyboard repeats it") {
    Switched shown("home", {.hold_off_ms = 0});
    auto const before = shown.lit().id;
    for (int i = 0; i < 30; ++i) {
        shown.stage.clock.advance(milliseconds(500));
        shown.stage->input(TextTyped{" ", true});
        shown.stage->input(KeyPressed{Key::Select, true});
        CHECK_FALSE(shown.run());
    }
    CHECK(shown.lit().id == before);
    CHECK(shown.state.pressed.empty());
}

TEST_CASE("switches: nothing is drawn again when nothing moved") {
    Switched shown("home");
    CHECK_FALSE(shown.run());
    CHECK(shown.next());
    CHECK_FALSE(shown.run());
    shown.stage.clock.advance(std::chrono::hours(1));
    CHECK_FALSE(shown.run());
}

TEST_CASE("switches: text is typed by them alone, row by row, and Done goes on after the field") {
    Switched shown("fields");
    shown.state.zip.clear();
    shown.run();
    shown.go_to("gallery.zip");
    shown.select();
    REQUIRE(shown.lit().role == Role::Group); // the first row of the keyboard
    for (char const digit : std::string("02139")) {
        shown.go_to("key:" + std::string(1, digit) + "@gallery.zip");
        shown.select();
    }
    CHECK(shown.state.zip == "02139");
    shown.go_to("key:ui.key.done@gallery.zip");
    shown.select();
    CHECK(shown.stage.find("key:1@gallery.zip") == nullptr);
    auto const now = shown.lit();
    CHECK((now.id == "gallery.zip" || shown.in_lit_group("gallery.zip")));
}

TEST_CASE("switches: while a dialog is open only its controls are lit") {
    Switched shown("dialog");
    shown.state.dialog = true;
    shown.run();
    for (int i = 0; i < 12; ++i) {
        CHECK(shown.lit().layer == 1);
        shown.next();
    }
}

TEST_CASE("switches: any keys of a keyboard may be the switches") {
    Switched shown("home", {.keys = {.next = "F5", .select = "F6"}});
    auto const before = shown.lit().id;
    shown.key(Key::F5);
    CHECK(shown.lit().id != before);
    auto const& names = switch_key_names();
    CHECK(std::find(names.begin(), names.end(), "Space") != names.end());
    for (auto const name : names)
        CHECK((name.size() > 1)); // a letter or digit is for typing
    CHECK(switch_of({}, TextTyped{" "}) == Switch::Next);
    CHECK(switch_of({}, KeyPressed{Key::Select}) == Switch::Select);
    CHECK_FALSE(switch_of({}, TextTyped{"a"}).has_value());
    CHECK_FALSE(switch_of({}, KeyPressed{Key::Tab}).has_value());
    CHECK_FALSE(switch_of({}, PointerPressed{}).has_value());
}

TEST_CASE("switches: with one switch the highlight moves by itself, and that switch chooses") {
    Switched shown("home", {.every_ms = 2000});
    auto const first = shown.lit().id;
    REQUIRE(shown.stage->next_frame_at().has_value());
    CHECK(*shown.stage->next_frame_at() == shown.stage.clock.monotonic() + milliseconds(2000));
    shown.stage.clock.advance(milliseconds(1999));
    CHECK_FALSE(shown.run());
    shown.stage.clock.advance(milliseconds(1));
    CHECK(shown.run());
    CHECK(shown.lit().id != first);
    for (int i = 0; i < 40 && shown.lit().role != Role::Group; ++i) {
        shown.stage.clock.advance(milliseconds(2000));
        shown.run();
    }
    shown.next(); // whichever switch it is
    CHECK(shown.lit().role != Role::Group);
    CHECK(*shown.stage->next_frame_at() == shown.stage.clock.monotonic() + milliseconds(2000));
}

TEST_CASE("switches: speech tells the group, then each control of it") {
    Switched shown("home");
    Narrator narrator(test_catalog());
    narrator.follow(shown.stage_frame());
    bool group_told = false;
    for (int i = 0; i < 12; ++i) {
        shown.next();
        auto const told = narrator.follow(shown.stage_frame());
        std::string words;
        for (auto const& phrase : told.phrases)
            words += phrase.text;
        INFO(shown.lit().label);
        REQUIRE_FALSE(words.empty());
        if (shown.lit().role == Role::Group) {
            CHECK(words.find("Group of ") == 0);
            group_told = true;
        }
    }
    CHECK(group_told);
    CHECK(narrator.follow(shown.stage_frame()).phrases.empty());
}

TEST_CASE("switches: which row of a secret's keys is lit is told to headphones only") {
    Switched shown("pin");
    Narrator narrator(test_catalog());
    narrator.know(shown.stage_frame());
    bool row_of_keys = false;
    for (int i = 0; i < 8; ++i) {
        shown.next();
        auto const lit = shown.lit();
        bool const keys =
            lit.role == Role::Group && lit.parent >= 0 &&
            shown.stage_frame().nodes[static_cast<std::size_t>(lit.parent)].role == Role::Keyboard;
        auto const told = narrator.follow(shown.stage_frame());
        if (!keys)
            continue;
        row_of_keys = true;
        REQUIRE_FALSE(told.phrases.empty());
        CHECK(told.phrases.front().personal);
    }
    CHECK(row_of_keys);
}

TEST_CASE("switches: a finger and a keypad work beside them") {
    Switched shown("home");
    shown.tap(shown.stage.node(Role::Tile, "Claims and costs").rect.center());
    CHECK(shown.state.pressed == "claims");
    CHECK_FALSE(shown.lit().focus_ring.empty()); // the highlight is not lost
    shown.key(Key::Tab);
    auto const by_key = shown.lit().id;
    CHECK(shown.lit().role != Role::Group);
    shown.key(Key::Tab);
    CHECK(shown.lit().id != by_key);
}

TEST_CASE(
    "switches: where a screen says so, the first press of switch 1 turns them on, and no other key does") {
    TestStage stage;
    int begun = 0;
    auto const run = [&] {
        return stage->run([&](Ui& ui) {
            auto const bar = ui.frame({.screen = "attract", .switches_begin = true}, [&] {
                ui.heading("gallery.home"_msg);
                ui.button("gallery.send"_msg);
            });
            begun += bar == BarAction::Switches ? 1 : 0;
        });
    };
    run();
    stage->input(KeyPressed{Key::Select}); // a barcode reader that types ends with Enter
    run();
    stage->input(TextTyped{"a"});
    run();
    CHECK(begun == 0);
    stage->input(TextTyped{" "});
    run();
    CHECK(begun == 1);
    // Who goes about with the keypad presses with Space, as ever.
    stage.clock.advance(std::chrono::seconds(5));
    stage->input(KeyPressed{Key::Tab});
    stage->input(TextTyped{" "});
    run();
    CHECK(begun == 1);
}
