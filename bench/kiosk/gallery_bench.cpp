// Figures of the screen, headless, on the gallery's screens: time of a frame that changes everything, of one
// that changes nothing, and from a tap to the pixels it leads to. Medians, in milliseconds.

#include "shared/ui/core.h"
#include "shared/ui/stage.h"
#include "shared/ui/ui.h"
#include "tests/support/places.h"
#include "tests/ui/gallery.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <vector>

using namespace portico;
using namespace portico::ui;

namespace {

constexpr int rounds = 60;

template <class Work>
double median_ms(Work&& work) {
    std::vector<double> times;
    for (int i = 0; i < rounds; ++i) {
        auto const start = std::chrono::steady_clock::now();
        work(i);
        times.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    }
    std::nth_element(times.begin(), times.begin() + rounds / 2, times.end());
    return times[rounds / 2];
}

Result<Catalog> gallery_catalog() {
    namespace fs = std::filesystem;
    auto const root = fs::temp_directory_path() / "portico-ui-bench-messages";
    for (char const* language : {"en", "es"}) {
        fs::create_directories(root / language);
        for (auto const& file :
             {fs::path(test::source_dir()) / "assets/messages" / language / "ui.json",
              fs::path(test::source_dir()) / "tests/ui/messages" / language / "gallery.json"})
            fs::copy_file(file, root / language / file.filename(), fs::copy_options::overwrite_existing);
    }
    return Catalog::load(root);
}

Point middle(Stage const& stage, std::string const& id) {
    for (auto const& node : stage.frame().nodes)
        if (node.id == id)
            return node.rect.center();
    return {};
}

} // namespace

int main() {
    auto const begin = std::chrono::steady_clock::now();
    auto catalog = gallery_catalog();
    if (!catalog)
        return 1;
    SystemClock clock;
    auto made = Stage::create(catalog.value(), clock, {.plan_name = data("Sample Health Plan")},
                              {.reduced_motion = true});
    if (!made)
        return 1;
    auto& stage = *made.value();
    gallery::State state;
    auto const* screen = &gallery::screens().front();
    auto const draw = [&](Ui& ui) { screen->draw(ui, state); };
    stage.run(draw);
    double const first =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
    std::printf("%-44s %8.2f ms\n", "catalog, fonts and first picture", first);
    for (auto const& each : gallery::screens()) {
        screen = &each;
        stage.run(draw);
        double const all = median_ms([&](int) {
            stage.cover_now();
            stage.run(draw);
        });
        double const none = median_ms([&](int) { stage.run(draw); });
        std::printf("%-20s %3zu nodes  whole frame %7.2f ms  unchanged %6.2f ms\n", each.name.c_str(),
                    stage.frame().nodes.size(), all, none);
    }
    screen = &gallery::screens()[1];
    stage.run(draw);
    double const tap = median_ms([&](int) {
        Point const at = middle(stage, "gallery.all");
        stage.input(PointerMoved{at});
        stage.input(PointerPressed{at, clock.monotonic()});
        stage.input(PointerReleased{at});
        stage.input(PointerLeft{});
        stage.run(draw);
    });
    std::printf("%-44s %8.2f ms\n", "tap on a chip to its pixels", tap);
    return 0;
}
