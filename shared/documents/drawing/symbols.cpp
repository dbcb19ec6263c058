#include "shared/documents/drawing/symbols.h"

#include "shared/base/secret.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <zint.h>

namespace portico::documents {

namespace {

constexpr int utf8_eci = 26;

/// zint frees without wiping, and a barcode may hold a secret (a code app's).
struct SymbolDelete {
    void operator()(zint_symbol* symbol) const {
        wipe(symbol->encoded_data, sizeof symbol->encoded_data);
        wipe(symbol->text, sizeof symbol->text);
        ZBarcode_Delete(symbol);
    }
};

Result<Modules> encode(std::string_view text, int symbology, int option_1, int option_2) {
    auto const unfit = error(ErrorKind::InvalidInput, "symbol_unfit", "the text does not fit a barcode");
    std::unique_ptr<zint_symbol, SymbolDelete> const symbol(ZBarcode_Create());
    if (!symbol || text.empty())
        return unfit;
    symbol->symbology = symbology;
    symbol->option_1 = option_1;
    symbol->option_2 = option_2;
    symbol->input_mode = UNICODE_MODE;
    bool const plain =
        std::all_of(text.begin(), text.end(), [](char letter) { return (letter & 0x80) == 0; });
    if (!plain)
        symbol->eci = utf8_eci;
    auto const status = ZBarcode_Encode(symbol.get(), reinterpret_cast<unsigned char const*>(text.data()),
                                        static_cast<int>(text.size()));
    if (status >= ZINT_ERROR || symbol->width <= 0 || symbol->rows <= 0)
        return unfit;
    Modules out;
    out.columns = symbol->width;
    out.rows = symbol->rows;
    for (int row = 0; row < out.rows; ++row)
        for (int column = 0; column < out.columns; ++column)
            out.dark.push_back(((symbol->encoded_data[row][column / 8] >> (column % 8)) & 1) != 0);
    return out;
}

} // namespace

Result<Modules> pdf417(std::string_view text, int data_columns) {
    constexpr int correction_level = 4; // 32 codewords: survives a scratch across the card
    return encode(text, BARCODE_PDF417, correction_level, data_columns);
}

Result<Modules> qr_code(std::string_view text) {
    constexpr int correction_m = 2;
    return encode(text, BARCODE_QRCODE, correction_m, 0);
}

Result<PlacedPdf417> fit_pdf417(std::string_view text, double width_pt, double height_pt) {
    constexpr int row_modules = 3;
    PlacedPdf417 best;
    for (int columns = 3; columns <= 18; ++columns) {
        auto encoded = pdf417(text, columns);
        if (!encoded)
            continue; // too many rows at this width
        auto& modules = encoded.value();
        auto const widest = std::min(width_pt / modules.columns, height_pt / (row_modules * modules.rows));
        auto const on_grid = std::floor(widest / card_pixel_pt + 0.001) * card_pixel_pt;
        if (on_grid > best.module_pt)
            best = {std::move(modules), on_grid};
    }
    if (best.module_pt < pdf417_module_min_pt - 0.001)
        return error(ErrorKind::InvalidInput, "symbol_unfit", "the text is too long for the barcode's place");
    return best;
}

void draw_modules(Canvas& canvas, Modules const& modules, double x, double y, double module_pt,
                  double row_height_pt) {
    auto* cr = canvas.cairo();
    canvas.set_color(color::black);
    // A symbol keeps its left and right; where it stands on a mirrored card, its modules stay on the
    // printer's dots.
    if (canvas.mirrored())
        x = std::round(canvas.mapped(x, modules.columns * module_pt) / card_pixel_pt) * card_pixel_pt;
    for (int row = 0; row < modules.rows; ++row)
        for (int column = 0; column < modules.columns;) {
            if (!modules.at(column, row)) {
                ++column;
                continue;
            }
            // One rectangle for a run: no hairlines between neighbours.
            auto end = column;
            while (end < modules.columns && modules.at(end, row))
                ++end;
            cairo_rectangle(cr, x + column * module_pt, y + row * row_height_pt, (end - column) * module_pt,
                            row_height_pt);
            column = end;
        }
    cairo_fill(cr);
}

} // namespace portico::documents
