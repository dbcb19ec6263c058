#pragma once

#include "shared/base/result.h"
#include "shared/ui/specs.h"

#include <filesystem>

namespace portico::ui {

/// Writes the pixels as a PNG. Errors: Full when the file cannot be written.
Result<void> write_png(Bitmap const& pixels, std::filesystem::path const& file);

} // namespace portico::ui
