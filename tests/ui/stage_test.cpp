#include "shared/ui/core.h"
#include "shared/ui/stage.h"
#include "shared/ui/widgets/field_text.h"
#include "tests/support/catch.h"
#include "tests/ui/shown.h"

#include <algorithm>
#include <cstdlib>
#include <set>

using namespace portico;
using namespace portico::ui;

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

TEST_CASE("stage: forgetting what was drawn takes nothing of what the person has pressed since") {
    TestStage stage;
    int sent = 0;
    auto const draw = [&](Ui& ui) {
        ui.frame({.screen = "keys"}, [&] {
            ui.heading("gallery.home"_msg);
            if (ui.button("gallery.send"_msg, {.shortcut = alt('C')}))
                ++sent;
        });
    };
    stage->run(draw);
    CHECK(stage->personal_bytes_left() > 0);
    stage->input(KeyPressed{alt('C')});
    stage->forget_drawn();
    CHECK(stage->personal_bytes_left() == 0);
    CHECK(stage->run(draw));
    CHECK(sent == 1);
    // At the end of a session the next person does not press what the last one did.
    stage->input(KeyPressed{alt('C')});
    stage->forget_personal();
    stage->run(draw);
    CHECK(sent == 1);
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

namespace {

Look in_arabic() {
    Look look = looks().front();
    look.settings.language = "ar";
    return look;
}

Rect focused_at(Shown const& shown) {
    for (auto const& node : shown.stage_frame().nodes)
        if (node.states.focused)
            return node.rect;
    return {};
}

} // namespace

TEST_CASE("stage: in a right-to-left language an arrow key moves the focus where it points") {
    int moved = 0;
    for (auto const& screen : gallery::screens()) {
        // While one types into a field, the arrows move the caret.
        if (screen.name == "fields")
            continue;
        Shown shown(screen.name, in_arabic());
        constexpr int controls = 12;
        for (int i = 0; i < controls; ++i) {
            shown.key(Key::Tab);
            for (Key const key : {Key::Right, Key::Left}) {
                Rect const from = focused_at(shown);
                shown.key(key);
                Rect const to = focused_at(shown);
                INFO(screen.name << " " << i);
                if (to.center().x == from.center().x && to.y == from.y)
                    continue;
                CHECK((to.center().x > from.center().x) == (key == Key::Right));
                ++moved;
            }
        }
    }
    CHECK(moved > 30);
}

TEST_CASE(
    "stage: in a right-to-left language a text that runs to the right stands from the left of its field") {
    Shown plain("fields");
    Shown mirrored("fields", in_arabic());
    auto const field = [](Shown const& shown) {
        for (auto const& node : shown.stage_frame().nodes)
            if (node.role == Role::Field && node.value == "0213")
                return node;
        return Node();
    };
    auto const left = field(plain);
    auto const right = field(mirrored);
    REQUIRE(left.runs.size() == 2); // the label, the text
    REQUIRE(right.runs.size() == 2);
    CHECK(right.runs[0].rect.right() == right.rect.right());
    CHECK(left.runs[1].rect.x - left.rect.x < 120);
    CHECK(right.runs[1].rect.x - right.rect.x < 120);
}

TEST_CASE("stage: a text that runs to the left has its caret at its left end, and the arrows move it there") {
    FieldInfo const info{"field", FieldKind::Text, 64, false, false, {}, {}};
    std::string const text = "\u0645\u0631\u062d\u0628";
    std::size_t caret = text.size();
    CHECK_FALSE(edited(text, caret, {Edit::Kind::Left, {}}, info));
    CHECK(caret == text.size());
    CHECK_FALSE(edited(text, caret, {Edit::Kind::Right, {}}, info));
    CHECK(caret == text.size() - 2);
    std::size_t latin = 2;
    CHECK_FALSE(edited("abc", latin, {Edit::Kind::Right, {}}, info));
    CHECK(latin == 3);
    TextEngine engine;
    engine.begin_frame();
    auto const shaped = engine.shape({text, {}, "ar"}, {{36, 44, 400}, Align::Start, false}, 0);
    CHECK(shaped->right_to_left());
    CHECK(shaped->caret_x(0) > shaped->caret_x(text.size()));
}

TEST_CASE("stage: a paragraph in Arabic runs to the left whatever name stands first in it, amounts do not") {
    TextEngine engine;
    engine.begin_frame();
    TextLook const look{{36, 44, 400}, Align::Start, false};
    auto const right_to_left = [&](std::string const& text) {
        return engine.shape({text, {}, "ar"}, look, 0);
    };
    CHECK(right_to_left("\u2066Riverside\u2069 \u0637\u0644\u0628")->right_to_left());
    CHECK_FALSE(right_to_left("\u2212$142.00")->right_to_left());
    // The sign stands before its amount: the caret runs on to the right.
    auto const amount = right_to_left("\u2212$142.00");
    CHECK(amount->caret_x(0) < amount->caret_x(3));
    CHECK(amount->caret_x(3) < amount->caret_x(4));
    // In words too, where it is set apart.
    auto const words = right_to_left("\u0645\u0646 \u2066\u2212$142.00\u2069 \u0625\u0644\u0649");
    auto const sign = std::string("\u0645\u0646 \u2066").size();
    CHECK(words->caret_x(sign + 3) < words->caret_x(sign + 4));
    CHECK(words->caret_x(sign + 4) < words->caret_x(sign + 5));
}

TEST_CASE("stage: in a right-to-left language an icon that means a direction turns round, others do not") {
    TextEngine engine;
    engine.begin_frame();
    auto const pixels = [&](char const* icon, bool turned) {
        auto const slot = engine.icon(icon, 48, turned);
        REQUIRE(slot.page >= 0);
        auto const& texture = engine.atlas().texture(slot);
        std::vector<std::vector<std::uint8_t>> out;
        for (int y = 0; y < slot.h; ++y) {
            auto const* row =
                texture.alpha.data() + static_cast<std::ptrdiff_t>(slot.y + y) * texture.width + slot.x;
            out.emplace_back(row, row + slot.w);
        }
        return out;
    };
    auto arrow = pixels("log-out", false);
    auto const turned = pixels("log-out", true);
    CHECK(arrow != turned);
    // To a shade: the edge falls on the other side of a pixel.
    int differ = 0;
    for (std::size_t y = 0; y < arrow.size(); ++y) {
        std::reverse(arrow[y].begin(), arrow[y].end());
        for (std::size_t x = 0; x < arrow[y].size(); ++x)
            differ += std::abs(arrow[y][x] - turned[y][x]) > 48 ? 1 : 0;
    }
    CHECK(differ == 0);
}
