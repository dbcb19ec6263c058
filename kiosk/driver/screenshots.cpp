#include "kiosk/driver/screenshots.h"

#include "kiosk/screens/looks.h"
#include "kiosk/screens/samples.h"
#include "shared/terminal/driver/pictures.h"
#include "shared/ui/catalog.h"

namespace portico::kiosk {

namespace {

/// The cards among them carry the words of `language`.
Result<std::vector<terminal::Shown>> screens_of(std::filesystem::path const& assets,
                                                std::string const& language, std::string const& part) {
    auto const texts = TRY(documents::Texts::load(assets, documents::document_language(language)));
    std::vector<terminal::Shown> screens;
    auto all = TRY(samples(texts));
    for (auto& screen : all)
        if (screen.name.find(part) != std::string::npos)
            screens.push_back({screen.name, [shown = std::make_shared<Sample>(std::move(screen))](
                                                ui::Ui& ui) { (void)draw(ui, shown->app); }});
    return screens;
}

} // namespace

Result<void> take_screenshots(std::filesystem::path const& given_assets, std::filesystem::path const& folder,
                              ScreenshotChoice const& choice) {
    std::filesystem::path const assets = given_assets.empty() ? "assets" : given_assets;
    auto const catalog = TRY(ui::Catalog::load(assets / "messages"));
    terminal::Pictures pictures{.title = "Portico kiosk", .looks = {}, .screens = {}};
    for (auto const& look : all_looks())
        if (look.name().find(choice.look) != std::string::npos)
            pictures.looks.push_back({look.name(), look.settings});
    pictures.screens = [&](std::string const& language) {
        return screens_of(assets, language, choice.screen);
    };
    return terminal::take_pictures(catalog, folder, pictures);
}

} // namespace portico::kiosk
