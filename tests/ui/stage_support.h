#pragma once

#include "shared/ui/stage.h"
#include "shared/ui/ui.h"
#include "tests/support/catch.h"
#include "tests/support/places.h"
#include "tests/ui/gallery.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>
#include <vector>

namespace portico::ui {

/// The product's own texts and those of the gallery, in one catalog.
inline Catalog const& test_catalog() {
    static Catalog const catalog = [] {
        namespace fs = std::filesystem;
        // A folder of each process's own: tests run side by side.
        auto const root =
            fs::path(test::bin_dir()).parent_path() / "test-messages" / std::to_string(::getpid());
        for (char const* language : {"en", "es"}) {
            fs::create_directories(root / language);
            for (auto const& from :
                 {fs::path(test::source_dir()) / "assets/messages" / language / "ui.json",
                  fs::path(test::source_dir()) / "assets/messages" / language / "speech.json",
                  fs::path(test::source_dir()) / "tests/ui/messages" / language / "gallery.json"})
                fs::copy_file(from, root / language / from.filename(), fs::copy_options::overwrite_existing);
        }
        auto loaded = Catalog::load(root);
        fs::remove_all(root);
        REQUIRE(loaded);
        return loaded.value();
    }();
    return catalog;
}

/// One cell of the matrix that screens are shown in.
struct Look {
    StageSettings settings;
    std::string name() const {
        return settings.language + "-" + ui::name(settings.theme) + "-" +
               std::to_string(settings.text_percent) + "-" +
               (settings.width > settings.height ? "landscape" : "portrait");
    }
};

inline std::vector<Look> looks() {
    std::vector<Look> out;
    for (char const* language : {"en", "es"})
        for (ThemeName theme : {ThemeName::Light, ThemeName::HighContrast})
            for (int percent : {100, 150, 200})
                for (bool landscape : {false, true})
                    out.push_back({{.width = landscape ? 1920 : 1080,
                                    .height = landscape ? 1080 : 1920,
                                    .language = language,
                                    .theme = theme,
                                    .text_percent = percent,
                                    .reduced_motion = true}});
    return out;
}

class TestStage {
public:
    explicit TestStage(Look const& look = looks().front()) {
        auto made =
            Stage::create(test_catalog(), clock, {.plan_name = data("Sample Health Plan")}, look.settings);
        REQUIRE(made);
        stage_ = std::move(made.value());
    }
    Stage* operator->() { return stage_.get(); }
    Stage& operator*() { return *stage_; }

    /// The one node of that role and label; the test fails without it.
    Node const& node(Role role, std::string const& label) const {
        Node const* found = nullptr;
        for (auto const& node : stage_->frame().nodes) {
            if (node.role == role && node.label == label) {
                CHECK(found == nullptr);
                found = &node;
            }
        }
        INFO(label);
        REQUIRE(found != nullptr);
        return *found;
    }
    Node const* find(std::string const& id) const {
        for (auto const& node : stage_->frame().nodes)
            if (node.id == id)
                return &node;
        return nullptr;
    }
    /// By a finger that has seen what is shown now.
    void tap(Point at) {
        stage_->input(PointerMoved{at});
        stage_->input(PointerPressed{at, clock.monotonic()});
        stage_->input(PointerReleased{at});
        stage_->input(PointerLeft{});
    }

    ManualClock clock{UtcTime{std::chrono::hours(490000)}};

private:
    std::unique_ptr<Stage> stage_;
};

} // namespace portico::ui
