#pragma once

#include "shared/base/result.h"

#include <filesystem>
#include <string>

namespace portico::kiosk {

/// Which of them to take; a part of the name each, empty for all.
struct ScreenshotChoice {
    std::string screen; ///< "eob"
    std::string look;   ///< "es-light-150-portrait", "landscape"
};

/// Every sample screen, by language, theme, text size and orientation, as PNG files with an index.html to
/// look through them. Errors: as ui::Catalog::load and documents::Texts::load; NotFound "no_screenshots" when
/// nothing has the names asked for; Full when the folder cannot be written.
Result<void> take_screenshots(std::filesystem::path const& assets, std::filesystem::path const& folder,
                              ScreenshotChoice const& choice);

} // namespace portico::kiosk
