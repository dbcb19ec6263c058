#pragma once

#include "shared/base/result.h"

#include <filesystem>
#include <string_view>

namespace portico::central {

/// Writes `text` as a QR code into a file of its own (SVG, 60 mm across with its quiet zone), which nobody
/// but its owner reads: it holds a one-time code. Errors: InvalidInput "symbol_unfit"; Unavailable
/// "qr_unwritable".
Result<void> write_qr_code(std::string_view text, std::filesystem::path const& file);

} // namespace portico::central
