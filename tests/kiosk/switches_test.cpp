#include "tests/kiosk/sample_screens.h"
#include "tests/kiosk/state_bench.h"

#include "shared/ui/scan/scan.h"
#include "shared/ui/stage.h"

using namespace portico;
using namespace portico::kiosk;
using kiosk::test::Kiosk;

namespace {

/// The first screen as it is drawn, and what came of it.
struct Shown {
    explicit Shown(Kiosk& kiosk_in) : kiosk(kiosk_in) {
        auto made = ui::Stage::create(catalog(), clock, {.plan_name = ui::data("Sample Health Plan")}, {});
        REQUIRE(made.has_value());
        stage = std::move(made).value();
        run();
    }
    void run() {
        stage->run([&](ui::Ui& ui) {
            if (auto intent = draw(ui, kiosk.app))
                kiosk.want(std::move(*intent));
        });
    }
    void press(ui::InputEvent event) {
        clock.advance(std::chrono::seconds(1));
        stage->input(std::move(event));
        run();
    }

    Kiosk& kiosk;
    ManualClock clock{UtcTime{std::chrono::hours(24 * 20524)}};
    std::unique_ptr<ui::Stage> stage;
};

} // namespace

TEST_CASE("switches: the first press of switch 1 on the first screen turns them on, and on no other screen") {
    Kiosk kiosk;
    Shown shown(kiosk);
    shown.press(ui::KeyPressed{ui::Key::Select});
    CHECK_FALSE(kiosk.app.settings.switches.on);
    shown.press(ui::TextTyped{" "});
    CHECK(kiosk.app.settings.switches.on);
    CHECK(kiosk.screen() == "attract");

    kiosk.app.settings = kiosk.app.defaults;
    kiosk.want(Open{Place::Help});
    shown.press(ui::TextTyped{" "});
    CHECK_FALSE(kiosk.app.settings.switches.on);
    CHECK(kiosk.screen() == "help");
}

TEST_CASE("switches: what a person set goes with the visit") {
    Kiosk kiosk;
    kiosk.app.defaults.switches.hold_off_ms = 450; // the kiosk's own
    kiosk.app.settings = kiosk.app.defaults;
    kiosk.want(BeginSwitches{});
    CHECK(kiosk.app.settings.switches == SwitchSettings{true, 450, 0});
    kiosk.want(SetSwitches{{true, 1000, 2000}});
    kiosk.sign_in_with_key();
    CHECK(kiosk.app.settings.switches == SwitchSettings{true, 1000, 2000});
    kiosk.want(Finish{});
    CHECK(kiosk.app.settings.switches.on); // the goodbye is left by a switch
    kiosk.happens(KeyChanged{KeyAbsent{}});
    kiosk.want(Continue{});
    CHECK(kiosk.screen() == "attract");
    CHECK(kiosk.app.settings == kiosk.app.defaults);
    CHECK_FALSE(kiosk.app.settings.switches.on);
}

TEST_CASE("switches: there are 120 seconds, then 60 that run down") {
    Kiosk kiosk;
    kiosk.want(BeginSwitches{});
    kiosk.want(Open{Place::Help});
    kiosk.pass(std::chrono::seconds(119));
    CHECK(kiosk.screen() == "help");
    kiosk.pass(std::chrono::seconds(1));
    CHECK(kiosk.screen() == "still_there");
    kiosk.pass(std::chrono::seconds(59));
    CHECK(kiosk.screen() == "still_there");
    kiosk.pass(std::chrono::seconds(1));
    CHECK(kiosk.screen() == "visit_end");
}

TEST_CASE("switches: one who turned them on and rolled off leaves the kiosk as it was") {
    Kiosk kiosk;
    kiosk.want(BeginSwitches{});
    CHECK(next_deadline(kiosk.app) == kiosk.app.last_touch + idle_timeout_longer_s);
    kiosk.pass(idle_timeout_longer_s);
    CHECK(kiosk.screen() == "attract");
    CHECK_FALSE(kiosk.app.settings.switches.on);
}

TEST_CASE("switches: their screen opens once, whoever asks for it again") {
    Kiosk kiosk;
    kiosk.want(Open{Place::TextAndColor});
    kiosk.want(Open{Place::Switches});
    kiosk.want(Open{Place::Switches});
    CHECK(kiosk.screen() == "switches");
    kiosk.want(GoBack{});
    CHECK(kiosk.screen() == "text_and_color");
}
