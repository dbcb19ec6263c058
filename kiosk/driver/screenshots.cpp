#include "kiosk/driver/screenshots.h"

#include "kiosk/driver/bench.h"
#include "kiosk/screens/looks.h"
#include "kiosk/screens/samples.h"
#include "shared/ui/catalog.h"
#include "shared/ui/draw/png.h"
#include "shared/ui/stage.h"

#include <cstdio>
#include <fstream>

namespace portico::kiosk {

namespace {

void write_index(std::filesystem::path const& folder, std::vector<Sample> const& screens,
                 std::vector<Look> const& looks) {
    std::ofstream page(folder / "index.html");
    page << "<!doctype html><meta charset=utf-8><title>Portico kiosk</title><style>body{font:16px sans-serif}"
            "figure{display:inline-block;margin:8px}img{height:420px;border:1px solid #999}</style>\n";
    for (auto const& screen : screens) {
        page << "<h2 id=" << screen.name << ">" << screen.name << "</h2>\n";
        for (auto const& look : looks) {
            auto const file = screen.name + "-" + look.name() + ".png";
            page << "<figure><a href=" << file << "><img loading=lazy src=" << file << "></a><figcaption>"
                 << look.name() << "</figcaption></figure>\n";
        }
    }
}

} // namespace

Result<void> take_screenshots(std::filesystem::path const& assets, std::filesystem::path const& folder) {
    auto const catalog = TRY(ui::Catalog::load((assets.empty() ? "assets" : assets) / "messages"));
    std::error_code failure;
    std::filesystem::create_directories(folder, failure);
    auto const screens = samples();
    auto const looks = all_looks();
    ManualClock const clock{UtcTime{std::chrono::hours(24 * 20524)}};
    for (auto const& look : looks) {
        auto stage = TRY(
            ui::Stage::create(catalog, clock, {.plan_name = ui::data("Sample Health Plan")}, look.settings));
        for (auto const& screen : screens) {
            stage->run([&](ui::Ui& ui) { (void)draw(ui, screen.app); });
            TRY(ui::write_png(stage->pixels(), folder / (screen.name + "-" + look.name() + ".png")));
        }
        std::printf("%s: %zu screens\n", look.name().c_str(), screens.size());
        std::fflush(stdout);
    }
    write_index(folder, screens, looks);
    return ok();
}

} // namespace portico::kiosk
