#include "kiosk/driver/screenshots.h"

#include "kiosk/driver/bench.h"
#include "kiosk/screens/looks.h"
#include "kiosk/screens/samples.h"
#include "shared/base/language.h"
#include "shared/ui/catalog.h"
#include "shared/ui/draw/png.h"
#include "shared/ui/stage.h"

#include <cstdio>
#include <fstream>
#include <map>

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

bool chosen(std::string const& name, std::string const& part) {
    return name.find(part) != std::string::npos;
}

std::vector<Look> looks_of(std::string const& part) {
    std::vector<Look> looks;
    for (auto const& look : all_looks())
        if (chosen(look.name(), part))
            looks.push_back(look);
    return looks;
}

/// The cards among them carry the words of `language`.
Result<std::vector<Sample>> screens_of(std::filesystem::path const& assets, std::string const& language,
                                       std::string const& part) {
    auto const texts = TRY(documents::Texts::load(assets, documents::document_language(language)));
    std::vector<Sample> screens;
    auto all = TRY(samples(texts));
    for (auto& screen : all)
        if (chosen(screen.name, part))
            screens.push_back(std::move(screen));
    return screens;
}

} // namespace

Result<void> take_screenshots(std::filesystem::path const& given_assets, std::filesystem::path const& folder,
                              ScreenshotChoice const& choice) {
    std::filesystem::path const assets = given_assets.empty() ? "assets" : given_assets;
    auto const catalog = TRY(ui::Catalog::load(assets / "messages"));
    std::error_code failure;
    std::filesystem::create_directories(folder, failure);
    auto const looks = looks_of(choice.look);
    std::map<std::string, std::vector<Sample>> screens;
    for (auto const& language : offered_languages())
        screens[std::string(language.code)] =
            TRY(screens_of(assets, std::string(language.code), choice.screen));
    if (looks.empty() || screens["en"].empty())
        return error(ErrorKind::NotFound, "no_screenshots", "no screen or look has such a name");
    ManualClock const clock{UtcTime{std::chrono::hours(24 * 20524)}};
    for (auto const& look : looks) {
        auto stage = TRY(
            ui::Stage::create(catalog, clock, {.plan_name = ui::data("Sample Health Plan")}, look.settings));
        auto const& shown = screens.at(look.settings.language);
        for (auto const& screen : shown) {
            stage->run([&](ui::Ui& ui) { (void)draw(ui, screen.app); });
            TRY(ui::write_png(stage->pixels(), folder / (screen.name + "-" + look.name() + ".png")));
        }
        std::printf("%s: %zu screens\n", look.name().c_str(), shown.size());
        static_cast<void>(std::fflush(stdout));
    }
    write_index(folder, screens["en"], looks);
    return ok();
}

} // namespace portico::kiosk
