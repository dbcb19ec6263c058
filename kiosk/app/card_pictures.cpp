#include "kiosk/app/card_pictures.h"

#include "shared/base/encoding.h"
#include "shared/domain/card_barcode.h"

namespace portico::kiosk {

namespace {

constexpr int card_preview_px = 968;

std::string barcode_name(PersonName const& name) {
    return name.family + "/" + name.given;
}

/// What the barcode takes of a printed id: capitals, digits and dashes.
std::string plain_id(std::string const& text) {
    std::string out;
    for (char const c : text) {
        if (c >= 'a' && c <= 'z')
            out += static_cast<char>(c - 'a' + 'A');
        else if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-')
            out += c;
    }
    return out;
}

/// The longest part that is whole UTF-8 characters.
std::string cut(std::string text, std::size_t bytes_max) {
    if (text.size() <= bytes_max)
        return text;
    text.resize(bytes_max);
    while (!text.empty() && !is_utf8(text))
        text.pop_back();
    return text;
}

std::shared_ptr<ui::Bitmap const> for_screen(documents::Bitmap const& drawn) {
    ui::Bitmap bitmap{.width = drawn.width, .height = drawn.height, .pixels = {}};
    bitmap.pixels.reserve(static_cast<std::size_t>(drawn.width) * static_cast<std::size_t>(drawn.height));
    for (int y = 0; y < drawn.height; ++y) {
        auto const row = drawn.pixels.begin() + static_cast<std::ptrdiff_t>(y) * drawn.stride;
        bitmap.pixels.insert(bitmap.pixels.end(), row, row + drawn.width);
    }
    return std::make_shared<ui::Bitmap const>(std::move(bitmap));
}

} // namespace

Result<documents::CardSymbols> card_symbols(IdCard const& card) {
    CardBarcode const barcode{.issuer = card.issuer_id,
                              .member_id = plain_id(card.member_id),
                              .name = cut(barcode_name(card.member), 60),
                              .dependent_number =
                                  card.dependant_number.size() == 2 ? card.dependant_number : "00",
                              .birth_date = {},
                              // A card that was never issued is shown with a number that signs nobody in.
                              .card_number = card.card_number.empty() ? "0" : card.card_number};
    documents::CardSymbols symbols;
    symbols.barcode_payload = TRY(encode_card_barcode(barcode));
    if (!card.web.empty() && !card.issued.is_empty()) {
        symbols.qr_url = card.web.starts_with("https://") ? card.web : "https://" + card.web;
        symbols.qr_expires = date_from_day_number(day_number(card.issued) + 365);
    }
    return symbols;
}

Result<CardPictures> draw_card(IdCard const& card, documents::Texts const& texts) {
    auto const symbols = TRY(card_symbols(card));
    auto const side = [&](documents::CardSide which) {
        return documents::id_card_preview(card, symbols, texts, which, card_preview_px);
    };
    CardPictures pictures;
    pictures.front = for_screen(TRY(side(documents::CardSide::Front)));
    pictures.back = for_screen(TRY(side(documents::CardSide::Back)));
    return pictures;
}

} // namespace portico::kiosk
