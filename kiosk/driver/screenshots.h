#pragma once

#include "shared/base/result.h"

#include <filesystem>

namespace portico::kiosk {

/// Every sample screen, by language, theme, text size and orientation, as PNG files with an index.html to
/// look through them. Errors: as ui::Catalog::load; Full when the folder cannot be written.
Result<void> take_screenshots(std::filesystem::path const& assets, std::filesystem::path const& folder);

} // namespace portico::kiosk
