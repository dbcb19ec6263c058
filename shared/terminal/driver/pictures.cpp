#include "shared/terminal/driver/pictures.h"

#include "shared/ui/draw/png.h"

#include <cstdio>
#include <fstream>
#include <map>

namespace portico::terminal {

namespace {

void write_index(std::filesystem::path const& folder, Pictures const& pictures,
                 std::vector<Shown> const& screens) {
    std::ofstream page(folder / "index.html");
    page << "<!doctype html><meta charset=utf-8><title>" << pictures.title
         << "</title><style>body{font:16px sans-serif}"
            "figure{display:inline-block;margin:8px}img{height:420px;border:1px solid #999}</style>\n";
    for (auto const& screen : screens) {
        page << "<h2 id=" << screen.name << ">" << screen.name << "</h2>\n";
        for (auto const& look : pictures.looks) {
            auto const file = screen.name + "-" + look.name + ".png";
            page << "<figure><a href=" << file << "><img loading=lazy src=" << file << "></a><figcaption>"
                 << look.name << "</figcaption></figure>\n";
        }
    }
}

} // namespace

Result<void> take_pictures(ui::Catalog const& catalog, std::filesystem::path const& folder,
                           Pictures const& pictures) {
    std::error_code failure;
    std::filesystem::create_directories(folder, failure);
    std::map<std::string, std::vector<Shown>> screens;
    for (auto const& look : pictures.looks)
        if (auto const& language = look.settings.language; screens.count(language) == 0)
            screens[language] = TRY(pictures.screens(language));
    if (screens.empty() || screens.begin()->second.empty())
        return error(ErrorKind::NotFound, "no_screenshots", "no screen or look has such a name");
    ManualClock const clock{UtcTime{std::chrono::hours(24 * 20524)}};
    for (auto const& look : pictures.looks) {
        auto stage = TRY(
            ui::Stage::create(catalog, clock, {.plan_name = ui::data("Sample Health Plan")}, look.settings));
        auto const& shown = screens.at(look.settings.language);
        for (auto const& screen : shown) {
            stage->reset_focus(); // each as when it is first shown: not on the page of the one before
            stage->run(screen.draw);
            TRY(ui::write_png(stage->pixels(), folder / (screen.name + "-" + look.name + ".png")));
        }
        std::printf("%s: %zu screens\n", look.name.c_str(), shown.size());
        static_cast<void>(std::fflush(stdout));
    }
    write_index(folder, pictures, screens.begin()->second);
    return ok();
}

} // namespace portico::terminal
