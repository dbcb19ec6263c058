#include "shared/documents/card/card_painter.h"

namespace portico::documents {

namespace {

constexpr double label_size_pt = 5.75;
constexpr double label_height_pt = 7;

} // namespace

void CardPainter::label(Rect const& box, std::string_view label_id, Align align) {
    text({box.x, box.y, box.width, label_height_pt}, {texts_.text(label_id)},
         {.size_pt = label_size_pt, .color = color::ink_soft, .align = align}, 1);
}

double CardPainter::text(Rect const& box, std::vector<std::string> const& versions, TextStyle const& style,
                         int lines_max) {
    if (versions.empty() || versions.front().empty())
        return 0;
    Tag const paragraph(canvas_, "P");
    auto const block =
        fit(canvas_, versions, style, {box.width, box.height, card_type_size_min_pt, lines_max});
    unknown_glyph_count_ += block.unknown_glyph_count();
    block.draw(box.x, box.y);
    return block.height();
}

double CardPainter::centered_text(Rect const& box, std::vector<std::string> const& versions,
                                  TextStyle const& style, int lines_max) {
    if (versions.empty() || versions.front().empty())
        return 0;
    Tag const paragraph(canvas_, "P");
    auto const block =
        fit(canvas_, versions, style, {box.width, box.height, card_type_size_min_pt, lines_max});
    unknown_glyph_count_ += block.unknown_glyph_count();
    block.draw(box.x, box.y + (box.height - block.height()) / 2);
    return block.height();
}

void CardPainter::field(Rect const& box, std::string_view label_id, std::vector<std::string> const& versions,
                        ValueStyle const& style) {
    label(box, label_id);
    text({box.x, box.y + label_height_pt, box.width, box.height - label_height_pt}, versions, style.text,
         style.lines_max);
}

void CardPainter::field(Rect const& box, std::string_view label_id, std::string const& value,
                        ValueStyle const& style) {
    field(box, label_id, std::vector{value.empty() ? texts_.text("document.card.none") : value}, style);
}

std::string CardPainter::copay(std::string_view service) const {
    std::string out;
    for (auto const& each : card_.copays)
        if (each.service == service && each.in_network)
            out += (out.empty() ? "" : " / ") + texts_.short_money(each.amount);
    return out.empty() ? texts_.text("document.card.see_plan") : out;
}

std::string CardPainter::limit(AccumulatorKind kind, AccumulatorScope scope, bool in_network) const {
    for (auto const& each : card_.limits)
        if (each.kind == kind && each.scope == scope && each.in_network == in_network)
            return texts_.short_money(each.amount);
    return texts_.text("document.card.none");
}

} // namespace portico::documents
