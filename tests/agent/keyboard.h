#pragma once

#include "shared/ui/catalog.h"
#include "shared/ui/stage.h"
#include "shared/ui/ui.h"
#include "tests/agent/state_desk.h"
#include "tests/support/places.h"

#include <filesystem>
#include <memory>

namespace portico::agent::test {

/// The desk as it is drawn, worked by keys alone.
struct Keyboard {
    explicit Keyboard(Desk& the_desk) : desk(the_desk) {
        auto loaded =
            ui::Catalog::load(std::filesystem::path(portico::test::source_dir()) / "assets/messages");
        REQUIRE(loaded.has_value());
        catalog = std::move(loaded).value();
        ui::StageSettings look{.width = 1366, .height = 768, .density = ui::Density::Desk};
        auto made = ui::Stage::create(catalog, clock, {.plan_name = ui::data("Sample Health Plan")}, look);
        REQUIRE(made.has_value());
        stage = std::move(made).value();
        show();
    }
    void show() {
        stage->run([&](ui::Ui& ui) {
            if (auto intent = draw(ui, desk.app))
                desk.want(std::move(*intent));
        });
    }
    void press(ui::Key key) {
        ++pressed;
        stage->input(ui::KeyPressed{key});
        show();
    }
    Desk& desk;
    ManualClock clock{UtcTime{std::chrono::hours(24 * 20524)}};
    ui::Catalog catalog;
    std::unique_ptr<ui::Stage> stage;
    int pressed = 0;
};

} // namespace portico::agent::test
