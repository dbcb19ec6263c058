#include "shared/ui/core.h"
#include "shared/ui/stage.h"
#include "tests/support/catch.h"
#include "tests/ui/stage_support.h"

#include <algorithm>
#include <set>

using namespace portico;
using namespace portico::ui;

namespace {

/// A stage with one of the gallery's screens.
struct Shown {
    explicit Shown(std::string const& name, Look const& look = looks().front()) : stage(look) {
        for (auto const& screen : gallery::screens())
            if (screen.name == name)
                draw = screen.draw;
        run();
    }
    bool run() {
        return stage->run([this](Ui& ui) { draw(ui, state); });
    }
    void key(Key key) {
        stage->input(KeyPressed{key});
        run();
    }
    void tap(Point at) {
        stage.tap(at);
        run();
    }
    void type(std::string const& text) {
        for (char const c : text)
            stage->input(TextTyped{std::string(1, c)});
        run();
    }
    std::string focused() const {
        for (auto const& node : stage_frame().nodes)
            if (node.states.focused)
                return node.id;
        return {};
    }
    SemanticFrame const& stage_frame() const { return const_cast<TestStage&>(stage)->frame(); }

    TestStage stage;
    gallery::State state;
    void (*draw)(Ui&, gallery::State&) = nullptr;
};

} // namespace

TEST_CASE("stage: a press acts on release inside the target where it began, and only there") {
    Shown shown("home");
    Rect const tile = shown.stage.node(Role::Tile, "Claims and costs").rect;
    Rect const other = shown.stage.node(Role::Tile, "ID card").rect;
    SECTION("inside") {
        shown.tap(tile.center());
        CHECK(shown.state.pressed == "claims");
    }
    SECTION("released elsewhere") {
        shown.stage->input(PointerPressed{tile.center()});
        shown.stage->input(PointerReleased{other.center()});
        shown.run();
        CHECK(shown.state.pressed.empty());
    }
    SECTION("began elsewhere") {
        shown.stage->input(PointerPressed{other.center()});
        shown.stage->input(PointerReleased{tile.center()});
        shown.run();
        CHECK(shown.state.pressed.empty());
    }
    SECTION("pressed and not yet released") {
        shown.stage->input(PointerPressed{tile.center()});
        shown.run();
        CHECK(shown.state.pressed.empty());
        CHECK(shown.stage.node(Role::Tile, "Claims and costs").states.pressed);
    }
}

TEST_CASE("stage: a press and release in one batch still act, and the pointer is away afterwards") {
    Shown shown("home");
    shown.tap(shown.stage.node(Role::Button, "Look at it").rect.center());
    CHECK(shown.state.pressed == "look");
    for (auto const& node : shown.stage_frame().nodes)
        CHECK_FALSE(node.states.hovered);
}

TEST_CASE("stage: the access bar and Finish answer from every screen") {
    Shown shown("home");
    shown.tap(shown.stage.node(Role::Button, "Finish").rect.center());
    CHECK(shown.state.pressed == "finish");
}

TEST_CASE("stage: Tab visits every control once and comes round") {
    Shown shown("home");
    std::set<std::string> seen;
    for (int i = 0; i < 100; ++i) {
        shown.key(Key::Tab);
        if (!seen.insert(shown.focused()).second)
            break;
    }
    std::set<std::string> all;
    for (auto const& node : shown.stage_frame().nodes)
        if (node.interactive)
            all.insert(node.id);
    CHECK(all.size() >= 12);
    CHECK(seen == all);
}

TEST_CASE("stage: four arrows reach every control of the home screen, and select presses it") {
    Shown shown("home");
    shown.key(Key::Down);
    std::set<std::string> seen;
    // Walk the graph of arrows from wherever it leads.
    std::vector<std::string> todo = {shown.focused()};
    while (!todo.empty()) {
        std::string const at = todo.back();
        todo.pop_back();
        if (at.empty() || !seen.insert(at).second)
            continue;
        for (Key const key : {Key::Up, Key::Down, Key::Left, Key::Right}) {
            shown.stage->core().focus = at;
            shown.key(key);
            todo.push_back(shown.focused());
        }
    }
    for (auto const& node : shown.stage_frame().nodes) {
        INFO(node.id);
        CHECK((!node.interactive || seen.count(node.id) == 1));
    }
    shown.stage->core().focus = "gallery.claims";
    shown.key(Key::Select);
    CHECK(shown.state.pressed == "claims");
}

TEST_CASE("stage: arrows follow the rows and columns a person sees") {
    Shown shown("home");
    shown.stage->core().focus = "gallery.claims";
    shown.stage->core().focus_visible = true;
    shown.key(Key::Right);
    CHECK(shown.focused() == "gallery.card");
    shown.key(Key::Down);
    CHECK(shown.focused() == "gallery.messages");
    shown.key(Key::Left);
    CHECK(shown.focused() == "gallery.doctor");
    shown.key(Key::Up);
    CHECK(shown.focused() == "gallery.claims");
}

TEST_CASE("stage: a dialog takes every press and key, with the focus on the safe answer") {
    Shown shown("dialog");
    shown.key(Key::Tab);
    shown.state.dialog = true;
    shown.run();
    CHECK(shown.focused() == "gallery.keep");
    for (auto const& node : shown.stage_frame().nodes)
        CHECK(node.layer == 1);
    std::set<std::string> seen;
    for (int i = 0; i < 10; ++i) {
        seen.insert(shown.focused());
        shown.key(Key::Tab);
    }
    CHECK(seen == std::set<std::string>{"gallery.keep", "gallery.cancel_it"});
    shown.stage->core().focus = "gallery.keep";
    shown.key(Key::Select);
    CHECK_FALSE(shown.state.dialog);
    CHECK(shown.stage_frame().nodes.front().layer == 0);
}

TEST_CASE("stage: nothing of a secret is in the frame or its JSON") {
    Shown shown("pin");
    shown.state.pin = Secret("918273");
    shown.run();
    CHECK(to_json(shown.stage_frame()).find("918273") == std::string::npos);
    auto const& field = shown.stage.node(Role::Field, "PIN of your key");
    CHECK(field.sensitive);
    CHECK(field.value.empty());
}

TEST_CASE("stage: a PIN is typed by its keys, which do not light up, and by a keyboard") {
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

TEST_CASE("stage: select after typing a PIN goes on with it, wherever the focus stood before") {
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

TEST_CASE("stage: a PIN with letters is typed on the letters board and back") {
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

TEST_CASE("stage: touching a field opens the keyboard it needs, and its keys type into it") {
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

TEST_CASE("stage: the letters board has capitals, accents and symbols, and erases whole characters") {
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

TEST_CASE("stage: digits only go into a ZIP code, and a read-only field takes nothing") {
    Shown shown("fields");
    shown.tap(shown.stage.node(Role::Field, "ZIP code").rect.center());
    shown.type("x");
    CHECK(shown.state.zip == "0213");
    shown.tap(shown.stage.node(Role::Field, "Plan").rect.center());
    shown.type("x");
    CHECK(shown.stage.node(Role::Field, "Plan").value == "Sample Silver PPO");
}

TEST_CASE("stage: a select opens its choices and hands back the one taken") {
    Shown shown("claims");
    shown.tap(shown.stage.node(Role::Select, "Person:").rect.center());
    CHECK(shown.stage.find("gallery.claims_back") == nullptr);
    shown.tap(shown.stage.node(Role::Row, "Jamie").rect.center());
    CHECK(shown.state.person == 2);
    CHECK(shown.stage.node(Role::Select, "Person:").value == "Jamie");
}

TEST_CASE("stage: what does not fit is paged, and Tab past the last control turns the page") {
    Look large = looks().front();
    large.settings.text_percent = 200;
    Shown shown("claims", large);
    REQUIRE(shown.stage_frame().pages > 1);
    CHECK(shown.stage.find("row#c5") == nullptr);
    std::set<std::string> rows;
    std::set<int> pages;
    for (int i = 0; i < 60; ++i) {
        shown.key(Key::Tab);
        pages.insert(shown.stage_frame().page);
        std::string const at = shown.focused();
        if (at.rfind("row#", 0) == 0)
            rows.insert(at);
    }
    CHECK(rows.size() == 5);
    CHECK(static_cast<int>(pages.size()) == shown.stage_frame().pages);
}

TEST_CASE("stage: every page holds the heading and the way back") {
    Look large = looks().front();
    large.settings.text_percent = 200;
    Shown shown("claims", large);
    int const pages = shown.stage_frame().pages;
    REQUIRE(pages > 1);
    for (int page = 1; page <= pages; ++page) {
        CHECK(shown.stage_frame().page == page);
        shown.stage.node(Role::Heading, "Claims and costs");
        shown.stage.node(Role::Button, "Home");
        if (page < pages)
            shown.tap(shown.stage.node(Role::Button, "Down").rect.center());
    }
    CHECK(shown.stage.node(Role::Button, "Down").states.disabled);
}

TEST_CASE("stage: the way back stays while a field is typed into on a low screen, whatever the text size") {
    int const percent = GENERATE(100, 150, 200);
    CAPTURE(percent);
    TestStage stage(Look{{1920, 1080, "en", ThemeName::Light, percent, true}});
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

TEST_CASE("stage: the last line of a text is no word alone where the lines above can spare one") {
    TestStage stage;
    stage->run([](Ui& ui) {
        ui.frame({.screen = "text"}, [&] {
            ui.text(data("We are not sure the card came out. Our staff will look and help you."));
        });
    });
    bool seen = false;
    for (auto const& node : stage->frame().nodes) {
        if (node.label.rfind("We are not sure", 0) != 0)
            continue;
        seen = true;
        REQUIRE(node.runs.size() == 2);
        CHECK(node.runs.back().rect.w > node.runs.front().rect.w / 4);
    }
    CHECK(seen);
}

TEST_CASE("stage: a field is filled in by arrows and select alone") {
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

TEST_CASE("stage: who goes on to another field with the keys types into that one") {
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

TEST_CASE("stage: touching a bar does not turn the page") {
    Look large = looks().front();
    large.settings.text_percent = 200;
    Shown shown("claims", large);
    REQUIRE(shown.stage_frame().pages > 2);
    shown.tap(shown.stage.node(Role::Button, "Down").rect.center());
    CHECK(shown.stage_frame().page == 2);
    shown.tap(shown.stage.node(Role::Button, "Help").rect.center());
    CHECK(shown.stage_frame().page == 2);
}

TEST_CASE("stage: nothing is drawn again when nothing changed") {
    Shown shown("home");
    CHECK_FALSE(shown.run());
    CHECK_FALSE(shown.run());
    shown.key(Key::Tab);
    CHECK_FALSE(shown.run());
    CHECK_FALSE(shown.stage->next_frame_at());
}

TEST_CASE("stage: only a spinner asks for frames by itself, and not when motion is reduced") {
    Look look = looks().front();
    look.settings.reduced_motion = false;
    Shown moving("card", look);
    CHECK(moving.stage->next_frame_at());
    look.settings.reduced_motion = true;
    Shown still("card", look);
    CHECK_FALSE(still.stage->next_frame_at());
}

TEST_CASE("stage: an id that stands twice is told") {
    TestStage stage;
    stage->run([](Ui& ui) {
        ui.frame({.screen = "twice"}, [&] {
            ui.heading("gallery.home"_msg);
            ui.button("gallery.send"_msg);
            ui.button("gallery.send"_msg);
            ui.button("gallery.send"_msg, {.key = "other"});
            ui.keyed("third", [&] { ui.button("gallery.send"_msg); });
        });
    });
    CHECK(stage->frame().problems == std::vector<std::string>{"the id stands twice: gallery.send"});
}

TEST_CASE("stage: forgetting leaves nothing of the person in pixels, atlas or frame") {
    Shown shown("claims");
    CHECK(shown.stage->personal_bytes_left() > 10000);
    shown.stage->forget_personal();
    CHECK(shown.stage->personal_bytes_left() == 0);
    CHECK(shown.stage_frame().nodes.empty());
    CHECK(shown.run());
    shown.stage.node(Role::Heading, "Claims and costs");
}

TEST_CASE("stage: covering fills the whole screen with one colour at once") {
    Shown shown("claims");
    shown.stage->cover_now();
    auto const& pixels = shown.stage->pixels().pixels;
    CHECK(std::set<std::uint32_t>(pixels.begin(), pixels.end()).size() == 1);
    CHECK(shown.run());
}

TEST_CASE("stage: in a right-to-left language the screen is mirrored and keypads stand as they are") {
    Look look = looks().front();
    Shown plain("pin", look);
    look.settings.language = "ar";
    Shown mirrored("pin", look);
    auto const x = [](Shown const& s, std::string const& id) {
        for (auto const& node : s.stage_frame().nodes)
            if (node.id == id)
                return node.rect.center().x;
        return -1.0F;
    };
    CHECK(x(plain, "ui.bar.language") < 540);
    CHECK(x(mirrored, "ui.bar.language") > 540);
    CHECK(x(mirrored, "key:1@gallery.pin") < x(mirrored, "key:3@gallery.pin"));
    auto const back = x(mirrored, "gallery.other_way");
    CHECK(back > 540);
    mirrored.tap({back, 200});
    CHECK(mirrored.state.pressed == "back");
}
