#include "tests/support/catch.h"
#include "tests/ui/stage_support.h"

using namespace portico;
using namespace portico::ui;
using std::chrono::milliseconds;

namespace {

/// Two buttons that an answer moves down, takes away, or covers with a question.
struct Answered {
    Answered() {
        run();
        // What is there has been there for long.
        stage.clock.advance(std::chrono::seconds(1));
    }
    void run() {
        stage->run([this](Ui& ui) {
            ui.frame({.screen = "answered"}, [&] {
                if (news)
                    ui.banner(BannerKind::LookAgain, "gallery.mistake"_msg, {}, [] {});
                ui.buttons([&] {
                    if (!gone && ui.button("gallery.look"_msg))
                        pressed += "look ";
                    if (ui.button("gallery.more"_msg))
                        pressed += "more ";
                });
                if (question)
                    ui.dialog("gallery.keep"_msg, {}, [&] {
                        if (ui.button("gallery.cancel_it"_msg))
                            pressed += "cancel ";
                    });
            });
        });
    }
    Point look() { return stage.node(Role::Button, "Look at it").rect.center(); }
    /// A finger known only by where it lands.
    void land(Point at) {
        stage->input(PointerMoved{at});
        stage->input(PointerPressed{at});
    }
    void lift(Point at) {
        stage->input(PointerReleased{at});
        stage->input(PointerLeft{});
        run();
    }

    void touch(Point at) {
        land(at);
        lift(at);
    }

    TestStage stage;
    bool news = false, gone = false, question = false;
    std::string pressed;
};

} // namespace

TEST_CASE(
    "finger: what moves aside while the finger is on its way is pressed, and not what takes its place") {
    Answered shown;
    auto const at = shown.look();
    auto const later = GENERATE(0, 100, 199);
    shown.news = true;
    shown.run();
    REQUIRE_FALSE(shown.stage.node(Role::Button, "Look at it").rect.contains(at));
    shown.stage.clock.advance(milliseconds(later));
    shown.touch(at);
    CHECK(shown.pressed == "look ");
    CHECK_FALSE(shown.stage->press_missed());
}

TEST_CASE(
    "finger: an answer in the very moment of the press, or before the finger is lifted, takes nothing away") {
    Answered shown;
    auto const at = shown.look();
    SECTION("with the press") {
        shown.land(at);
        shown.news = true;
        shown.run();
        shown.lift(at);
    }
    SECTION("before the release") {
        shown.land(at);
        shown.run();
        shown.news = true;
        shown.run();
        shown.stage.clock.advance(std::chrono::seconds(2));
        shown.lift(at);
    }
    CHECK(shown.pressed == "look ");
}

TEST_CASE("finger: who draws it away from what moved presses nothing") {
    Answered shown;
    auto const at = shown.look();
    shown.land(at);
    shown.run();
    shown.news = true;
    shown.run();
    shown.lift({at.x, at.y + 300});
    CHECK(shown.pressed.empty());
    CHECK_FALSE(shown.stage->press_missed());
}

TEST_CASE("finger: a question that opens under the finger is not answered by it, and is a moment later") {
    Answered shown;
    shown.question = true;
    shown.run();
    auto const answer = shown.stage.node(Role::Button, "Yes, cancel it").rect.center();
    shown.question = false;
    shown.run();
    shown.stage.clock.advance(std::chrono::seconds(1));
    shown.question = true;
    shown.run();
    shown.stage.clock.advance(milliseconds(150));
    shown.touch(answer);
    CHECK(shown.pressed.empty());
    CHECK(shown.stage->press_missed());
    shown.stage.clock.advance(milliseconds(60));
    shown.touch(answer);
    CHECK(shown.pressed == "cancel ");
}

TEST_CASE("finger: what went away is not pressed, nor what came in its place") {
    Answered shown;
    auto const at = shown.look();
    shown.gone = true;
    shown.run();
    shown.touch(at);
    CHECK(shown.pressed.empty());
    CHECK(shown.stage->press_missed());
    // It has been seen by now.
    shown.stage.clock.advance(milliseconds(200));
    auto const more = shown.stage.node(Role::Button, "Everything else").rect.center();
    shown.touch(more);
    CHECK(shown.pressed == "more ");
}

TEST_CASE("finger: what a person brought about is pressed as fast as they like") {
    Answered shown;
    auto const at = shown.look();
    shown.stage->input(KeyPressed{Key::Tab});
    shown.news = true; // in answer to the key
    shown.run();
    auto const moved = shown.look();
    REQUIRE_FALSE(at == moved);
    shown.touch(moved);
    CHECK(shown.pressed == "look ");
}

TEST_CASE("finger: nothing of a visit's controls is kept for the next") {
    Answered shown;
    auto const at = shown.look();
    shown.stage->reset_focus();
    shown.gone = true;
    shown.run();
    shown.touch(at);
    CHECK_FALSE(shown.stage->press_missed());
}
