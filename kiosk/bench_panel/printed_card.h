#pragma once

#include "shared/base/result.h"

#include <filesystem>
#include <string>

namespace portico::kiosk::bench_panel {

/// What a barcode reader sends for the card that was printed last into `folder`: its PDF417, read from the
/// printed PDF at 300 dpi by pdftoppm and ZXingReader, which must be installed. Blocks for a tenth of a
/// second. Errors: NotFound "no_card_printed"; Unavailable "card_unreadable".
Result<std::string> read_last_card(std::filesystem::path const& folder);

} // namespace portico::kiosk::bench_panel
