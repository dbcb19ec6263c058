#include "shared/documents/card/card_painter.h"

#include <algorithm>

namespace portico::documents {

namespace {

constexpr double label_size_pt = 6;
constexpr double label_height_pt = 7;

} // namespace

void CardPainter::label(Rect const& box, std::string_view label_id, Align align) {
    text({box.x, box.y, box.width, label_height_pt}, label_id, {texts_.text(label_id)},
         {{.size_pt = label_size_pt, .color = color::ink_soft, .align = align}});
}

double CardPainter::text(Rect const& box, std::string_view id, std::vector<std::string> const& versions,
                         Look const& look, Place place) {
    if (versions.empty() || versions.front().empty())
        return 0;
    Tag const paragraph(canvas_, "P");
    // One line set smaller stands on the same line as its neighbours.
    auto const baseline = place == Place::Top ? TextBlock(canvas_, "0", look.text).baseline() : -1;
    auto const block = fit(canvas_, versions, look.text,
                           {box.width, box.height, card_type_size_min_pt, look.lines_max, baseline});
    unknown_glyph_count_ += block.unknown_glyph_count();
    if (block.is_cut() && look.cut == Cut::Never)
        unfit_.emplace_back(id);
    if (place == Place::Middle)
        block.draw(box.x, box.y + (box.height - block.height()) / 2);
    else if (block.line_count() == 1)
        block.draw_on_baseline(box.x, box.y + baseline);
    else
        block.draw(box.x, box.y);
    return block.height();
}

void CardPainter::field(Rect const& box, std::string_view label_id, std::vector<std::string> const& versions,
                        Look const& look) {
    label(box, label_id);
    text({box.x, box.y + label_height_pt, box.width, box.height - label_height_pt}, label_id, versions, look);
}

void CardPainter::field(Rect const& box, std::string_view label_id, std::string const& value,
                        Look const& look) {
    field(box, label_id, std::vector{value.empty() ? texts_.text("document.card.none") : value}, look);
}

std::vector<std::string> CardPainter::copay(std::string_view service) const {
    std::vector<Money> amounts;
    for (auto const& each : card_.copays)
        if (each.service == service && each.in_network)
            amounts.push_back(each.amount);
    if (amounts.empty())
        return {texts_.text("document.card.see_plan")};
    std::string all;
    for (auto const amount : amounts)
        all += (all.empty() ? "" : " / ") + texts_.short_money(amount);
    auto const [least, most] = std::minmax_element(amounts.begin(), amounts.end());
    return {all, texts_.short_money(*least) + "\u2013" + texts_.short_money(*most)};
}

std::string CardPainter::limit(AccumulatorKind kind, AccumulatorScope scope, bool in_network) const {
    for (auto const& each : card_.limits)
        if (each.kind == kind && each.scope == scope && each.in_network == in_network)
            return texts_.short_money(each.amount);
    return texts_.text("document.card.none");
}

} // namespace portico::documents
