#include "shared/documents/card/card_painter.h"

#include <array>
#include <cmath>

namespace portico::documents {

namespace {

// The table: words, then person and family in network, person and family out of network.
constexpr double words_pt = 77;
constexpr double amount_pt = (inner_pt - words_pt) / 4;
constexpr double column(int index) {
    return left_pt + words_pt + index * amount_pt;
}

double on_grid(double value) {
    return std::round(value / card_pixel_pt) * card_pixel_pt;
}

} // namespace

void CardPainter::back() {
    limits(8.6);
    qr(53.5);
    contact(47.6);
    barcode(104.4);
}

void CardPainter::limits(double y) {
    canvas_.fill({left_pt, y, inner_pt, 17}, color::sunken, 2);
    Look const head{{.size_pt = 6, .weight = Weight::Semibold, .align = Align::Center}};
    text({left_pt + 3, y + 4.6, words_pt - 4, 9}, "document.card.each_plan_year",
         {texts_.text("document.card.each_plan_year")}, {{.size_pt = 6, .weight = Weight::Semibold}});
    text({column(0), y + 1, 2 * amount_pt, 8}, "document.card.in_network",
         {texts_.text("document.card.in_network")}, head);
    text({column(2), y + 1, 2 * amount_pt, 8}, "document.card.out_of_network",
         {texts_.text("document.card.out_of_network")}, head);
    for (int index = 0; index < 4; ++index)
        label({column(index), y + 8.6, amount_pt, 7},
              index % 2 == 0 ? "document.card.person" : "document.card.family", Align::Center);
    limit_row(y + 18, "document.card.deductible", AccumulatorKind::Deductible);
    canvas_.line(left_pt, y + 28, right_pt, y + 28, color::divider, 0.5);
    limit_row(y + 28.5, "document.card.out_of_pocket", AccumulatorKind::OutOfPocket);
    canvas_.line(left_pt, y + 38.5, right_pt, y + 38.5, color::divider, 0.5);
    canvas_.line(column(2), y + 2, column(2), y + 38.5, color::divider, 0.5);
}

void CardPainter::limit_row(double y, std::string_view label_id, AccumulatorKind kind) {
    constexpr double height_pt = 10;
    text({left_pt + 3, y, words_pt - 4, height_pt}, label_id, {texts_.text(label_id)}, {{.size_pt = 7}},
         Place::Middle);
    Look const amount{{.size_pt = 7.25, .weight = Weight::Bold, .align = Align::Center}};
    for (int index = 0; index < 4; ++index)
        text({column(index) + 1, y, amount_pt - 2, height_pt}, label_id,
             {limit(kind, index % 2 == 0 ? AccumulatorScope::Individual : AccumulatorScope::Family,
                    index < 2)},
             amount, Place::Middle);
}

void CardPainter::qr(double y) {
    if (modules_.qr.columns == 0)
        return;
    auto const module = std::floor(qr_size_pt / modules_.qr.columns / card_pixel_pt) * card_pixel_pt;
    draw_modules(canvas_, modules_.qr, on_grid(left_pt), on_grid(y), module, module);
    auto const x = left_pt + qr_size_pt + 7;
    auto const width = 73.0;
    y -= 1.5;
    y += text({x, y, width, 8}, "document.card.qr_title", {texts_.text("document.card.qr_title")},
              {{.size_pt = 6.5, .weight = Weight::Bold}});
    text({x, y + 0.5, width, 43}, "document.card.qr_holds",
         {texts_.text("document.card.qr_holds", {{"date", Texts::short_date(symbols_.qr_expires)}})},
         {{.size_pt = 6.25, .color = color::ink_soft}, 6});
}

void CardPainter::contact(double y) {
    // Without a QR code its place serves the claims address.
    auto const x = modules_.qr.columns == 0 ? left_pt : left_pt + qr_size_pt + 7 + 73 + 7;
    auto const width = right_pt - x;
    auto const address = printable(card_.claims_address);
    field({x, y, width, 39.4}, "document.card.claims_address",
          {address.empty() ? texts_.text("document.card.none") : address},
          {{.size_pt = 6.5, .line_spacing = 0.84}, 5});
    field({x, y + 39.6, width, 15.6}, "document.card.service", printable(card_.service_phone),
          {{.size_pt = 7.5, .weight = Weight::Bold}});
}

void CardPainter::barcode(double y) {
    auto const& [modules, module_pt] = modules_.barcode;
    auto const width = modules.columns * module_pt;
    auto const x = on_grid((card_width_pt - width) / 2);
    draw_modules(canvas_, modules, x, on_grid(y), module_pt, 3 * module_pt);
    Look const small{{.size_pt = 6, .color = color::ink_soft, .identifier = true}};
    Look const right{{.size_pt = 6, .color = color::ink_soft, .align = Align::Right, .identifier = true}};
    text({left_pt, 137, inner_pt / 2 - 2, 7.4}, "document.card.issuer",
         {texts_.text("document.card.issuer", {{"number", printable(card_.issuer_id)}})}, small);
    text({left_pt + inner_pt / 2 + 2, 137, inner_pt / 2 - 2, 7.4}, "document.card.card_number",
         {texts_.text("document.card.card_number", {{"number", printable(card_.card_number)}})}, right);
}

} // namespace portico::documents
