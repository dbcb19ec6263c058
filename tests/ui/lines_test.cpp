#include "shared/ui/audit.h"
#include "shared/ui/core.h"
#include "shared/ui/speech/reader.h"
#include "shared/ui/stage.h"
#include "tests/support/catch.h"
#include "tests/ui/stage_support.h"

using namespace portico;
using namespace portico::ui;

namespace {

Look look_of(Density density, int percent = 100, char const* language = "en") {
    bool const desk = density == Density::Desk;
    return {{.width = desk ? 1366 : 1080,
             .height = desk ? 768 : 1920,
             .language = language,
             .density = density,
             .text_percent = percent,
             .reduced_motion = true}};
}

/// A field of several lines between two others.
struct Screen {
    explicit Screen(Look const& look = look_of(Density::Desk), int seen = 4, std::string there = {})
        : stage(look), text(std::move(there)), lines(seen) {
        run();
    }
    /// With this in it when it is first drawn: the caret stands behind it.
    static Screen with(std::string there) { return Screen(look_of(Density::Desk), 4, std::move(there)); }
    void draw(Ui& ui) {
        (void)ui.frame({.screen = "lines", .access_bar = false}, [&] {
            ui.heading("gallery.how"_msg);
            if (auto typed = ui.field("gallery.zip"_msg, before, {}))
                before = *typed;
            if (auto typed = ui.field("gallery.search"_msg, text,
                                      {.length_max = 120, .lines = lines, .read_only = fixed, .first = true}))
                text = *typed;
            if (ui.submitted())
                ++submitted;
            if (auto typed = ui.field("gallery.password"_msg, after, {}))
                after = *typed;
        });
    }
    void run() {
        stage->run([&](Ui& ui) { draw(ui); });
    }
    void key(Key pressed) {
        stage->input(KeyPressed{pressed});
        run();
    }
    void type(std::string const& typed) {
        for (char const c : typed)
            stage->input(TextTyped{std::string(1, c)});
        run();
    }
    std::size_t caret() { return std::min(stage->core().caret, text.size()); }
    bool is_typed_into(std::string const& id) { return stage->core().editing == id; }
    Node const& field() { return stage.node(Role::Field, "Kind of doctor"); }

    TestStage stage;
    std::string before, text, after;
    int lines;
    int submitted = 0;
    bool fixed = false;
};

} // namespace

TEST_CASE("lines: at a desk Enter begins a new line and submits nothing") {
    Screen screen;
    REQUIRE(screen.is_typed_into("gallery.search"));
    screen.type("First");
    screen.key(Key::Select);
    screen.type("second");
    CHECK(screen.text == "First\nsecond");
    CHECK(screen.submitted == 0);
    CHECK(screen.field().value == "First\nsecond");
    CHECK(screen.field().states.multi_line);
    CHECK_FALSE(screen.stage.node(Role::Field, "ZIP code").states.multi_line);
    CHECK(to_json(screen.stage->frame()).find("multi_line") != std::string::npos);
    // A line break goes as any character does.
    screen.key(Key::Home);
    screen.key(Key::Backspace);
    CHECK(screen.text == "Firstsecond");
    // The field of one line beside it submits, and takes no break.
    screen.key(Key::Tab);
    screen.type("x");
    screen.key(Key::Select);
    CHECK(screen.after == "x");
}

TEST_CASE("lines: a break that is typed or pasted goes into a field of several lines alone") {
    Screen screen;
    screen.type("a\nb");
    CHECK(screen.text == "a\nb");
    screen.type("\x07");
    CHECK(screen.text == "a\nb");
    screen.key(Key::ShiftTab);
    screen.type("1\n2");
    CHECK(screen.before == "12");
}

TEST_CASE("lines: what is too long is refused at the key, breaks counted") {
    auto screen = Screen::with(std::string(119, 'x'));
    screen.key(Key::Select);
    CHECK(screen.text.size() == 120);
    screen.key(Key::Select);
    screen.type("y");
    CHECK(screen.text == std::string(119, 'x') + "\n");
}

TEST_CASE("lines: the arrows move between the lines that are seen, and past the ends to other controls") {
    auto screen = Screen::with("Ask twice\nCall");
    screen.key(Key::End);
    REQUIRE(screen.caret() == screen.text.size());
    screen.key(Key::Up);
    CHECK(screen.caret() > 0);
    CHECK(screen.caret() < std::string("Ask twice").size());
    auto const above = screen.caret();
    screen.key(Key::Down);
    CHECK(screen.caret() == screen.text.size());
    screen.key(Key::Up);
    CHECK(screen.caret() == above);
    screen.key(Key::Home);
    CHECK(screen.caret() == 0);
    screen.key(Key::End);
    CHECK(screen.caret() == std::string("Ask twice").size());
    screen.key(Key::Up); // from the first line to its beginning
    CHECK(screen.caret() == 0);
    CHECK(screen.is_typed_into("gallery.search"));
    screen.key(Key::Up);
    CHECK(screen.stage->core().focus == "gallery.zip");

    auto down = Screen::with("Ask\nCall");
    down.key(Key::Down);
    CHECK(down.stage->core().focus == "gallery.password");
}

TEST_CASE("lines: a line that wraps is two for the arrows") {
    std::string words;
    for (int i = 0; i < 80; ++i)
        words += "word ";
    auto screen = Screen::with(words);
    screen.key(Key::End);
    auto const end = screen.caret();
    screen.key(Key::Up);
    CHECK(screen.caret() < end);
    CHECK(screen.caret() > 0);
}

TEST_CASE("lines: letters of more than one byte are never cut by a move") {
    Screen screen;
    screen.text = "áéíóú ñandú\nñü";
    screen.run();
    screen.key(Key::End);
    screen.key(Key::Up);
    screen.type("x");
    screen.key(Key::Backspace);
    CHECK(screen.text == "áéíóú ñandú\nñü");
}

TEST_CASE("lines: it keeps its height however long the text, and the line with the caret is drawn") {
    Screen screen;
    auto const height = screen.field().rect.h;
    for (int line = 0; line < 30; ++line)
        screen.type("line\n");
    CHECK(screen.field().rect.h == height);
    for (auto const& run : screen.field().runs) {
        if (run.rect.bottom() <= screen.field().rect.y)
            continue; // its label
        CHECK(screen.field().rect.contains(run.rect, 1));
    }
    auto const with_caret = screen.stage->pixels().pixels;
    screen.key(Key::Home);
    screen.key(Key::Backspace);
    CHECK(screen.stage->pixels().pixels != with_caret);
}

TEST_CASE("lines: a read-only one takes neither letters nor breaks") {
    Screen screen;
    screen.text = "Sent";
    screen.fixed = true;
    screen.run();
    screen.stage->core().start_editing("gallery.search", false);
    screen.key(Key::Select);
    screen.type("x");
    CHECK(screen.text == "Sent");
}

TEST_CASE("lines: on a touch screen the keyboard's last key is done, as ever") {
    Screen screen(look_of(Density::Touch));
    screen.stage.tap(screen.field().rect.center());
    screen.run();
    REQUIRE(screen.stage->core().keyboard_open);
    screen.type("Ask");
    screen.key(Key::Select);
    CHECK(screen.text == "Ask");
    CHECK_FALSE(screen.stage->core().keyboard_open);
}

TEST_CASE("lines: it is said to be one of several lines") {
    Screen screen;
    screen.text = "Ask";
    screen.run();
    auto const& frame = screen.stage->frame();
    std::string said;
    for (std::size_t i = 0; i < frame.nodes.size(); ++i)
        if (frame.nodes[i].id == "gallery.search")
            for (auto const& phrase : read_node(frame, i, test_catalog()))
                said += phrase.text + " ";
    CHECK(said.find("text field of several lines") != std::string::npos);
}

TEST_CASE("lines: the audit finds nothing, empty or long, at any size of text") {
    int const percent = GENERATE(100, 150, 200);
    bool const full = GENERATE(false, true);
    Screen screen(look_of(Density::Desk, percent));
    screen.text =
        full ? std::string(10, 'w') + "\n" + std::string(60, 'i') + "\n\n" + std::string(40, 'm') : "";
    auto const findings = audit_all(*screen.stage, [&](Ui& ui) { screen.draw(ui); });
    for (auto const& finding : findings)
        UNSCOPED_INFO(finding.rule << " " << finding.node << ": " << finding.what);
    CHECK(findings.empty());
}
