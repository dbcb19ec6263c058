#pragma once

#include "shared/base/result.h"

#include <filesystem>
#include <string>

namespace portico::agent {

/// Every sample screen in every look, as PNG files with an index.html; or those with `screen` and `look` in
/// their names. Errors: as ui::Catalog::load and terminal::take_pictures.
Result<void> take_screenshots(std::filesystem::path const& assets, std::filesystem::path const& folder,
                              std::string const& screen, std::string const& look);

} // namespace portico::agent
