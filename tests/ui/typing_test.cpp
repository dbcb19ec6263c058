#include "shared/ui/core.h"
#include "shared/ui/stage.h"
#include "tests/support/catch.h"
#include "tests/ui/shown.h"

#include <algorithm>
#include <set>

using namespace portico;
using namespace portico::ui;

TEST_CASE("typing: nothing of a secret is in the frame or its JSON") {
    Shown shown("pin");
    shown.state.pin = Secret("918273");
    shown.run();
    CHECK(to_json(shown.stage_frame()).find("918273") == std::string::npos);
    auto const& field = shown.stage.node(Role::Field, "PIN of your key");
    CHECK(field.sensitive);
    CHECK(field.value.empty());
}

TEST_CASE("typing: a PIN is typed by its keys, which do not light up, and by a keyboard") {
    Shown shown("pin");
    shown.state.pin = Secret("");
    shown.run();
    Rect const seven = shown.stage.node(Role::Key, "7").rect;
    shown.stage->input(PointerPressed{seven.center()});
    shown.run();
    auto const lit = shown.stage->pixels().pixels;
    shown.stage->input(PointerMoved{{1, 1}});
    shown.run();
    CHECK(lit == shown.stage->pixels().pixels);
    shown.stage->input(PointerMoved{seven.center()});
    shown.stage->input(PointerReleased{seven.center()});
    shown.stage->input(PointerLeft{});
    shown.run();
    shown.type("42");
    CHECK(shown.state.pin.reveal() == "742");
    shown.key(Key::Backspace);
    CHECK(shown.state.pin.reveal() == "74");
    shown.type("12345678");
    CHECK(shown.state.pin.reveal() == "74123456");
}

TEST_CASE("typing: select after typing a PIN goes on with it, wherever the focus stood before") {
    Shown shown("pin");
    shown.state.pin = Secret("");
    shown.run();
    shown.key(Key::Tab); // the first control is the way back
    shown.type("2468");
    shown.key(Key::Select);
    CHECK(shown.state.pressed == "submitted");
    CHECK(shown.state.pin.reveal() == "2468");
    SECTION("and a control that was reached afterwards is pressed as ever") {
        shown.key(Key::Down);
        auto const reached = shown.focused();
        CHECK_FALSE(reached.empty());
        shown.state.pressed.clear();
        shown.key(Key::Select);
        CHECK(shown.state.pressed != "submitted");
    }
}

TEST_CASE("typing: a PIN with letters is typed on the letters board and back") {
    Shown shown("pin");
    shown.state.pin = Secret("");
    shown.run();
    shown.tap(shown.stage.node(Role::Key, "Letters").rect.center());
    shown.tap(shown.stage.node(Role::Key, "q").rect.center());
    CHECK(shown.state.pin.reveal() == "q");
    shown.tap(shown.stage.node(Role::Key, "123").rect.center());
    shown.tap(shown.stage.node(Role::Key, "5").rect.center());
    CHECK(shown.state.pin.reveal() == "q5");
}

TEST_CASE("typing: touching a field opens the keyboard it needs, and its keys type into it") {
    Shown shown("fields");
    shown.tap(shown.stage.node(Role::Field, "ZIP code").rect.center());
    CHECK(shown.stage.find("key:9@gallery.zip") != nullptr);
    CHECK(shown.stage.find("key:q@gallery.zip") == nullptr);
    shown.tap(shown.stage.node(Role::Key, "9").rect.center());
    CHECK(shown.state.zip == "02139");
    shown.tap(shown.stage.node(Role::Key, "9").rect.center());
    CHECK(shown.state.zip == "02139");
    shown.tap(shown.stage.node(Role::Key, "Delete").rect.center());
    CHECK(shown.state.zip == "0213");
    shown.tap(shown.stage.node(Role::Key, "Done").rect.center());
    CHECK(shown.stage.find("key:9@gallery.zip") == nullptr);
}

TEST_CASE("typing: the letters board has capitals, accents and symbols, and erases whole characters") {
    Shown shown("fields");
    shown.state.search.clear();
    shown.run();
    shown.tap(shown.stage.node(Role::Field, "Kind of doctor").rect.center());
    shown.tap(shown.stage.node(Role::Key, "Capital letter").rect.center());
    shown.tap(shown.stage.node(Role::Key, "N").rect.center());
    shown.tap(shown.stage.node(Role::Key, "i").rect.center());
    shown.tap(shown.stage.node(Role::Key, "\u00e1\u00e9\u00f1").rect.center());
    shown.tap(shown.stage.node(Role::Key, "\u00f1").rect.center());
    shown.tap(shown.stage.node(Role::Key, "o").rect.center());
    CHECK(shown.state.search == "Ni\u00f1o");
    shown.key(Key::Left);
    shown.key(Key::Backspace);
    CHECK(shown.state.search == "Nio");
    shown.key(Key::Home);
    shown.key(Key::Delete);
    CHECK(shown.state.search == "io");
}

TEST_CASE("typing: digits only go into a ZIP code, and a read-only field takes nothing") {
    Shown shown("fields");
    shown.tap(shown.stage.node(Role::Field, "ZIP code").rect.center());
    shown.type("x");
    CHECK(shown.state.zip == "0213");
    shown.tap(shown.stage.node(Role::Field, "Plan").rect.center());
    shown.type("x");
    CHECK(shown.stage.node(Role::Field, "Plan").value == "Sample Silver PPO");
}

TEST_CASE("typing: the way back stays while a field is typed into on a low screen, whatever the text size") {
    int const percent = GENERATE(100, 150, 200);
    CAPTURE(percent);
    TestStage stage(Look{{.width = 1920, .height = 1080, .text_percent = percent, .reduced_motion = true}});
    bool went_back = false;
    auto const draw = [&](Ui& ui) {
        ui.frame({.screen = "typing"}, [&] {
            went_back = ui.back("gallery.back"_msg) || went_back;
            ui.heading("gallery.how"_msg, {.subtitle = "gallery.how_more"_msg});
            (void)ui.field("gallery.zip"_msg, "", {.kind = FieldKind::Name, .help = "gallery.zip_wrong"_msg});
        });
    };
    stage->run(draw);
    stage.tap(stage.node(Role::Field, "ZIP code").rect.center());
    stage->run(draw);
    auto const& field = stage.node(Role::Field, "ZIP code");
    auto const& keyboard = stage.node(Role::Keyboard, "Keyboard");
    CHECK(field.rect.bottom() <= keyboard.rect.y);
    stage.tap(stage.node(Role::Button, "Back").rect.center());
    stage->run(draw);
    CHECK(went_back);
}

TEST_CASE("typing: a field is filled in by arrows and select alone") {
    Shown shown("fields");
    shown.key(Key::Down);
    for (int i = 0; i < 12 && shown.focused() != "gallery.zip"; ++i)
        shown.key(Key::Down);
    REQUIRE(shown.focused() == "gallery.zip");
    shown.key(Key::Select);
    for (int i = 0; i < 4 && shown.focused().rfind("key:", 0) != 0; ++i)
        shown.key(Key::Down);
    INFO(shown.focused());
    auto const at = shown.focused();
    REQUIRE(at.rfind("key:", 0) == 0);
    shown.key(Key::Select);
    CHECK(shown.state.zip.size() == 5);
}

TEST_CASE("typing: who goes on to another field with the keys types into that one") {
    Shown shown("fields");
    auto go_to = [&](std::string const& field) {
        for (int i = 0; i < 80 && shown.focused() != field; ++i)
            shown.key(Key::Tab);
        REQUIRE(shown.focused() == field);
    };
    go_to("gallery.zip");
    shown.type("1");
    CHECK(shown.state.zip.size() == 1 + Shown("fields").state.zip.size());
    auto const zip = shown.state.zip;
    auto const searched = shown.state.search;
    go_to("gallery.search");
    shown.type("ab");
    CHECK(shown.state.zip == zip);
    CHECK(shown.state.search == searched + "ab");
}
