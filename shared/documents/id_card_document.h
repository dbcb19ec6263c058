#pragma once

#include "shared/base/encoding.h"
#include "shared/base/result.h"
#include "shared/documents/bitmap.h"
#include "shared/documents/texts.h"
#include "shared/domain/id_card.h"

#include <string>

namespace portico::documents {

/// What the machine-readable symbols on the back hold.
struct CardSymbols {
    std::string barcode_payload; ///< text of the PDF417: `encode_card_barcode`
    std::string qr_url;          ///< https address without any passcode or personal data; no QR when empty
    Date qr_expires; ///< last day the address works; printed beside the QR. Required with `qr_url`
};

enum class CardSide : std::uint8_t { Front, Back };

/// CR80 (ISO/IEC 7810 ID-1) in points, trimmed size: 1011 x 638 px at 300 dpi.
inline constexpr double card_width_pt = 242.64;
inline constexpr double card_height_pt = 153.0;
/// Nothing but the coloured band stands nearer to an edge than this (3 mm).
inline constexpr double card_margin_pt = 8.5;
/// No text on a card is smaller than this.
inline constexpr double card_type_size_min_pt = 6;

/// Two pages, front and back, CR80.
///
/// A value that does not fit its place is first set smaller, down to its floor; then on two lines where there
/// are two; then a name is shortened: a person's middle names become initials, then are left out, then the
/// first given name becomes an initial, then the text is cut between letters and ends in "…". A list of
/// dependants ends in "+ 3 more". The barcode holds the name by its own, longer limit. Numbers, amounts and
/// addresses are never cut: a card that cannot show them whole is refused.
///
/// Errors: InvalidInput "card_field_missing" (no member name, member ID, plan name, service phone or web
/// address: the card may not be issued without them), "card_barcode_unfit" (payload empty or too long to be
/// read from a card), "card_qr_unfit" (too long, or no expiry), "card_field_unfit" (naming the field),
/// "card_text_not_drawable" (no installed font has its letters; a card with boxes in place of a name is worse
/// than none). Safe from any thread.
Result<Bytes> id_card_pdf(IdCard const& card, CardSymbols const& symbols, Texts const& texts);

/// The same side for the screen, `width_px` wide (100 to 4000), transparent outside the rounded corners.
/// Errors: as `id_card_pdf`; InvalidInput "card_preview_width".
Result<Bitmap> id_card_preview(IdCard const& card, CardSymbols const& symbols, Texts const& texts,
                               CardSide side, int width_px);

} // namespace portico::documents
