#include "central/commands/set_up_qr.h"

#include "shared/base/secret.h"
#include "shared/documents/drawing/symbols.h"

#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

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
    constexpr mode_t owner_alone = 0600;
    auto svg = svg_of(TRY(documents::qr_code(text)));
    int const handle =
        ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, owner_alone);
    bool good = handle >= 0 && ::fchmod(handle, owner_alone) == 0;
    std::string_view left = svg;
    while (good && !left.empty()) {
        auto const written = ::write(handle, left.data(), left.size());
        good = written > 0;
        if (good)
            left.remove_prefix(static_cast<std::size_t>(written));
    }
    if (handle >= 0)
        good = ::close(handle) == 0 && good;
    wipe(svg);
    if (!good)
        return error(ErrorKind::Unavailable, "qr_unwritable", "cannot write " + file.string());
    return ok();
}

} // namespace portico::central
