#include "shared/ui/core.h"
#include "shared/ui/stage.h"
#include "tests/support/catch.h"
#include "tests/ui/stage_support.h"

using namespace portico;
using namespace portico::ui;

namespace {

Look desk_look(int width, int height) {
    return {{.width = width,
             .height = height,
             .density = Density::Desk,
             .text_percent = 100,
             .reduced_motion = true}};
}

/// One screen of a desk: a table whose rows can be picked, a button with a key, and a dialog with a field.
struct Screen {
    explicit Screen(Look const& look) : stage(look) { run(); }

    void run() {
        stage->run([&](Ui& ui) {
            (void)ui.frame({.screen = "desk", .access_bar = false}, [&] {
                ui.heading(data("Desk"));
                if (ui.button(data("Take"), {.shortcut = alt('T')}))
                    done += 'T';
                TableSpec table{.header = {data("What"), data("Who")}, .rows = {}};
                table.words = table.pickable = true;
                for (char const* each : {"one", "two"})
                    table.rows.push_back({.key = each, .cells = {{data(each)}, {data("nobody")}}});
                if (auto const row = ui.table(data("List"), table))
                    picked = table.rows[*row].key;
                if (ui.shortcut(Key::F5))
                    done += '5';
                if (!dialog)
                    return;
                ui.dialog(data("Find"), {.key = "find"}, [&] {
                    if (auto text = ui.field(data("Words"), words, {.first = true}))
                        words = *text;
                    if (ui.submitted())
                        done += '!';
                    if (ui.shortcut(Key::Escape))
                        dialog = false;
                });
            });
        });
    }
    void key(Key pressed) {
        stage->input(KeyPressed{pressed});
        run();
    }
    void type(std::string const& text) {
        for (char const c : text)
            stage->input(TextTyped{std::string(1, c)});
        run();
    }

    TestStage stage;
    bool dialog = false;
    std::string done, picked, words;
};

} // namespace

TEST_CASE("desk screen: a unit is half a pixel, a whole one where there are twice as many lines") {
    CHECK(pixels_a_unit(Density::Touch, 1080) == 1);
    CHECK(pixels_a_unit(Density::Desk, 768) == 0.5F);
    CHECK(pixels_a_unit(Density::Desk, 1440) == 0.5F);
    CHECK(pixels_a_unit(Density::Desk, 2160) == 1);
}

TEST_CASE("desk screen: what is told and pressed is in pixels, and text keeps its place in its box") {
    for (auto const& [width, height] : {std::pair(1366, 768), {3840, 2160}}) {
        Screen screen(desk_look(width, height));
        auto const& frame = screen.stage->frame();
        CHECK(frame.size.w * frame.zoom == static_cast<float>(width));
        CHECK(frame.problems.empty());
        auto const row = screen.stage.node(Role::TableRow, "two").rect.center();
        screen.stage->input(PointerMoved{{row.x * frame.zoom, row.y * frame.zoom}});
        screen.stage->input(
            PointerPressed{{row.x * frame.zoom, row.y * frame.zoom}, screen.stage.clock.monotonic()});
        screen.stage->input(PointerReleased{{row.x * frame.zoom, row.y * frame.zoom}});
        screen.run();
        CHECK(screen.picked == "two");
        for (auto const& node : screen.stage->frame().nodes)
            for (auto const& run : node.runs)
                CHECK(node.clip.contains(run.rect, 3));
    }
}

TEST_CASE("desk screen: keys of the screen work without its buttons, and not under a dialog") {
    Screen screen(desk_look(1366, 768));
    CHECK(screen.stage.node(Role::Button, "Take").value == "Alt T");
    screen.key(alt('T'));
    screen.key(Key::F5);
    screen.key(ctrl('T'));
    CHECK(screen.done == "T5");
    screen.dialog = true;
    screen.run();
    screen.key(alt('T'));
    screen.key(Key::F5);
    CHECK(screen.done == "T5");
    screen.key(Key::Escape);
    CHECK_FALSE(screen.dialog);
    screen.key(alt('T'));
    CHECK(screen.done == "T5T");
}

TEST_CASE(
    "desk screen: a dialog's first field takes what is typed, each time it opens, and no keyboard opens") {
    Screen screen(desk_look(1366, 768));
    for (int times = 1; times <= 2; ++times) {
        screen.dialog = true;
        screen.words.clear();
        screen.run();
        screen.type("lock");
        CHECK(screen.words == "lock");
        CHECK_FALSE(screen.stage->core().keyboard_open);
        screen.key(Key::Select);
        CHECK(screen.done.size() == static_cast<std::size_t>(times));
        screen.key(Key::Escape);
    }
}
