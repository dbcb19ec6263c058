#pragma once

#include "shared/base/result.h"
#include "shared/documents/drawing/canvas.h"

#include <string_view>
#include <vector>

namespace portico::documents {

/// A barcode as its dark and light modules.
struct Modules {
    int columns = 0;
    int rows = 0;
    std::vector<bool> dark; ///< row by row
    bool at(int column, int row) const {
        return dark[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
                    static_cast<std::size_t>(column)];
    }
};

/// PDF417 with error correction level 4, `data_columns` 1 to 30. Text beyond ASCII is marked as UTF-8 (ECI
/// 26). Errors: InvalidInput "symbol_unfit".
Result<Modules> pdf417(std::string_view text, int data_columns);
/// QR code, error correction M. Errors: InvalidInput "symbol_unfit".
Result<Modules> qr_code(std::string_view text);

/// The PDF417 with the widest modules that fits in `area`. A row is 3 modules high (ISO/IEC 15438).
/// Errors: InvalidInput "symbol_unfit" when a module would be narrower than `pdf417_module_min_pt`.
struct PlacedPdf417 {
    Modules modules;
    double module_pt = 0;
};
inline constexpr double pdf417_module_min_pt = 0.48; // 2 px at 300 dpi, 6.7 mil
Result<PlacedPdf417> fit_pdf417(std::string_view text, double width_pt, double height_pt);

/// Black on what is there; modules lie on the 300 dpi grid when `x`, `y` and `module_pt` do.
void draw_modules(Canvas& canvas, Modules const& modules, double x, double y, double module_pt,
                  double row_height_pt);

/// One pixel at 300 dpi.
inline constexpr double card_pixel_pt = 0.24;

} // namespace portico::documents
