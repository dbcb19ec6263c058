#pragma once

#include "shared/documents/drawing/fit.h"
#include "shared/documents/drawing/symbols.h"
#include "shared/documents/id_card_document.h"

#include <string>
#include <string_view>
#include <vector>

namespace portico::documents {

/// What stands inside of a card's edges, on either side; on the 300 dpi grid.
inline constexpr double left_pt = 9.12;
inline constexpr double right_pt = card_width_pt - left_pt;
inline constexpr double inner_pt = right_pt - left_pt;

/// The symbols of the back, encoded and sized.
struct CardModules {
    PlacedPdf417 barcode;
    Modules qr; ///< no columns when the card has none
};

/// Draws one card; the print and the screen go through the same lines.
class CardPainter {
public:
    CardPainter(Canvas& canvas, IdCard const& card, CardSymbols const& symbols, CardModules const& modules,
                Texts const& texts)
        : canvas_(canvas), card_(card), symbols_(symbols), modules_(modules), texts_(texts) {}

    void front();
    void back();
    /// Letters that no installed font has, over all that was drawn.
    int unknown_glyph_count() const { return unknown_glyph_count_; }
    /// Message ids of fields that may not be cut and did not fit; empty when all is well.
    std::vector<std::string> const& unfit() const { return unfit_; }

private:
    /// What may be shortened: names. A number, an amount or an address cut short would mislead.
    enum class Cut : std::uint8_t { Allowed, Never };
    struct Look {
        TextStyle text;
        int lines_max = 1;
        Cut cut = Cut::Never;
    };

    // Parts of the front.
    void band();
    void people(double y);
    void copays(double y);
    void pharmacy(double y);
    void foot();
    // Parts of the back.
    void limits(double y);
    void limit_row(double y, std::string_view label_id, AccumulatorKind kind);
    void qr(double y);
    void contact(double y);
    void barcode(double y);

    /// A small label and its value below it, inside `box`.
    void field(Rect const& box, std::string_view label_id, std::vector<std::string> const& versions,
               Look const& look);
    void field(Rect const& box, std::string_view label_id, std::string const& value, Look const& look);
    void label(Rect const& box, std::string_view label_id, Align align = Align::Left);
    /// One fitted text from the top of `box`, or in the middle of its height.
    enum class Place : std::uint8_t { Top, Middle };
    double text(Rect const& box, std::string_view id, std::vector<std::string> const& versions,
                Look const& look, Place place = Place::Top);
    std::vector<std::string> copay(std::string_view service) const;
    std::string limit(AccumulatorKind kind, AccumulatorScope scope, bool in_network) const;

    Canvas& canvas_;
    IdCard const& card_;
    CardSymbols const& symbols_;
    CardModules const& modules_;
    Texts const& texts_;
    int unknown_glyph_count_ = 0;
    std::vector<std::string> unfit_;
};

/// The place of the PDF417 on the back.
inline constexpr double barcode_width_pt = card_width_pt - 2 * 9.12;
inline constexpr double barcode_height_pt = 32;
/// The place of the QR code, its light edge left to the white card.
inline constexpr double qr_size_pt = 46;

} // namespace portico::documents
