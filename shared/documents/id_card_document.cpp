#include "shared/documents/id_card_document.h"

#include "shared/documents/card/card_painter.h"

#include <cmath>

namespace portico::documents {

namespace {

Result<CardModules> prepare(IdCard const& card, CardSymbols const& symbols) {
    if (card.member.full().empty() || card.member_id.empty() || card.plan_name.empty() ||
        card.service_phone.empty() || card.web.empty())
        return error(ErrorKind::InvalidInput, "card_field_missing",
                     "a card needs member name and ID, plan name, service phone and web address");
    CardModules modules;
    auto barcode = fit_pdf417(symbols.barcode_payload, barcode_width_pt, barcode_height_pt);
    if (!barcode)
        return error(ErrorKind::InvalidInput, "card_barcode_unfit", barcode.error().message);
    modules.barcode = std::move(barcode).value();
    if (symbols.qr_url.empty())
        return modules;
    auto qr = qr_code(symbols.qr_url);
    // Under 3 pixels a module a phone's camera no longer reads it off a scratched card.
    constexpr double module_min_pt = 3 * card_pixel_pt;
    if (!qr || symbols.qr_expires.is_empty() || qr_size_pt / qr.value().columns < module_min_pt)
        return error(ErrorKind::InvalidInput, "card_qr_unfit",
                     "the QR address is too long or has no last day");
    modules.qr = std::move(qr).value();
    return modules;
}

Result<void> check(CardPainter const& painter) {
    if (painter.unknown_glyph_count() > 0)
        return error(ErrorKind::InvalidInput, "card_text_not_drawable",
                     "no installed font has all letters of this card; install the fonts of its script");
    if (!painter.unfit().empty())
        return error(ErrorKind::InvalidInput, "card_field_unfit",
                     "does not fit on a card and may not be cut: " + painter.unfit().front());
    return ok();
}

} // namespace

Result<Bytes> id_card_pdf(IdCard const& card, CardSymbols const& symbols, Texts const& texts) {
    auto const modules = TRY(prepare(card, symbols));
    auto canvas = Canvas::pdf(card_width_pt, card_height_pt,
                              {texts.text("document.card.title"), card.issued, code(texts.language())});
    CardPainter painter(canvas, card, symbols, modules, texts);
    {
        Tag const document(canvas, "Document");
        {
            Tag const section(canvas, "Sect");
            painter.front();
        }
        canvas.next_page();
        {
            Tag const section(canvas, "Sect");
            painter.back();
        }
        canvas.next_page();
    }
    TRY(check(painter));
    return canvas.finish_pdf();
}

Result<Bitmap> id_card_preview(IdCard const& card, CardSymbols const& symbols, Texts const& texts,
                               CardSide side, int width_px) {
    constexpr int width_min_px = 100;
    constexpr int width_max_px = 4000;
    if (width_px < width_min_px || width_px > width_max_px)
        return error(ErrorKind::InvalidInput, "card_preview_width", "a preview is 100 to 4000 pixels wide");
    auto const modules = TRY(prepare(card, symbols));
    auto const scale = width_px / card_width_pt;
    auto canvas = Canvas::picture(width_px, static_cast<int>(std::lround(card_height_pt * scale)), scale,
                                  code(texts.language()));
    // Corner radius 3.18 mm.
    constexpr double radius_pt = 9.01;
    canvas.clip_rounded({0, 0, card_width_pt, card_height_pt}, radius_pt);
    canvas.fill({0, 0, card_width_pt, card_height_pt}, color::white);
    CardPainter painter(canvas, card, symbols, modules, texts);
    if (side == CardSide::Front)
        painter.front();
    else
        painter.back();
    TRY(check(painter));
    return canvas.finish_picture();
}

} // namespace portico::documents
