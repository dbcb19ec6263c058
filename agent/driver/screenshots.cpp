#include "agent/driver/screenshots.h"

#include "agent/screens/samples.h"
#include "shared/terminal/driver/pictures.h"
#include "shared/ui/catalog.h"

namespace portico::agent {

Result<void> take_screenshots(std::filesystem::path const& assets, std::filesystem::path const& folder,
                              std::string const& screen, std::string const& look) {
    auto const catalog =
        TRY(ui::Catalog::load((assets.empty() ? std::filesystem::path("assets") : assets) / "messages"));
    terminal::Pictures pictures{.title = "Portico desk", .looks = {}, .screens = {}};
    for (auto const& settings : all_looks())
        if (auto const name = name_of(settings); name.find(look) != std::string::npos)
            pictures.looks.push_back({name, settings});
    pictures.screens = [&](std::string const&) -> Result<std::vector<terminal::Shown>> {
        std::vector<terminal::Shown> shown;
        for (auto& sample : samples())
            if (sample.name.find(screen) != std::string::npos)
                shown.push_back({sample.name, [app = std::make_shared<App>(std::move(sample.app))](
                                                  ui::Ui& ui) { (void)draw(ui, *app); }});
        return shown;
    };
    return terminal::take_pictures(catalog, folder, pictures);
}

} // namespace portico::agent
