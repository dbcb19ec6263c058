#include "central/commands/set_up_qr.h"

#include "shared/base/private_file.h"
#include "shared/base/secret.h"
#include "shared/documents/drawing/symbols.h"

#include <string>

namespace portico::central {

namespace {

constexpr int quiet_modules = 4; ///< ISO/IEC 18004, 6.3.8
constexpr int width_mm = 60;

/// One path of all dark modules: a row's neighbours in one piece, so that no hairline parts them in print.
std::string svg_of(documents::Modules const& modules) {
    auto const side = std::to_string(modules.columns + 2 * quiet_modules);
    std::string svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + std::to_string(width_mm) +
                      "mm\" height=\"" + std::to_string(width_mm) + "mm\" viewBox=\"0 0 " + side + " " +
                      side +
                      "\" shape-rendering=\"crispEdges\">\n<rect width=\"100%\" height=\"100%\" "
                      "fill=\"#fff\"/>\n<path d=\"";
    for (int row = 0; row < modules.rows; ++row)
        for (int column = 0; column < modules.columns; ++column) {
            int const begin = column;
            while (column < modules.columns && modules.at(column, row))
                ++column;
            if (int const width = column - begin; width > 0)
                svg += "M" + std::to_string(begin + quiet_modules) + " " +
                       std::to_string(row + quiet_modules) + "h" + std::to_string(width) + "v1h-" +
                       std::to_string(width) + "z";
        }
    return svg + "\"/>\n</svg>\n";
}

} // namespace

Result<void> write_qr_code(std::string_view text, std::filesystem::path const& file) {
    auto svg = svg_of(TRY(documents::qr_code(text)));
    auto const failure = write_private_file(file, svg, IfThere::Replace);
    wipe(svg);
    if (failure)
        return error(ErrorKind::Unavailable, "qr_unwritable",
                     "cannot write " + file.string() + ": " + failure.message());
    return ok();
}

} // namespace portico::central
