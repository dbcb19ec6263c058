#include "shared/ui/widgets/money_drawing.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace portico::ui {
namespace {

constexpr float part_gap = 6;
constexpr float part_min = 6;

} // namespace

void paint_money(PaintContext& context, Rect r, MoneyKind kind) {
    auto& painter = context.painter;
    auto const& color = painter.theme().color;
    float const radius = std::min(painter.theme().radius.bar, r.h / 3);
    bool const contrast = color.high_contrast;
    switch (kind) {
    case MoneyKind::Asked:
        if (contrast)
            painter.outline(r, color.asked, 5, radius);
        else
            painter.fill(r, color.asked, radius);
        break;
    case MoneyKind::Discount:
        painter.fill(r, color.surface, radius);
        painter.hatch(r.grown(-2), color.discount, contrast ? 4 : 3,
                      contrast   ? 18.0F
                      : r.h < 30 ? 12.0F
                                 : 18.0F);
        painter.outline(r, color.discount_edge, contrast ? 4 : 3, radius);
        break;
    case MoneyKind::Plan:
        painter.fill(r, color.plan, radius);
        break;
    case MoneyKind::You:
        painter.fill(r, contrast ? color.surface : color.you, radius);
        if (contrast)
            painter.dots(r.grown(-6), color.you, 4, 16);
        painter.outline(r, color.you_edge, contrast ? 5 : 3, radius);
        break;
    }
}

std::unique_ptr<Drawing> money_bar_drawing(std::vector<MoneyPart> const& parts, float width, float height) {
    auto drawing =
        std::make_unique<Drawing>(Size{width, height}, [parts, width](PaintContext& context, Rect r) {
            r.w = std::min(r.w, std::max(width, 1.0F));
            std::vector<MoneyPart> shown;
            std::copy_if(parts.begin(), parts.end(), std::back_inserter(shown),
                         [](auto const& p) { return p.cents > 0; });
            if (shown.empty()) {
                context.painter.outline(r, context.painter.theme().color.edge, 3, 8);
                return;
            }
            double const sum = std::accumulate(shown.begin(), shown.end(), 0.0, [](double s, auto const& p) {
                return s + static_cast<double>(p.cents);
            });
            float const room = r.w - part_gap * static_cast<float>(shown.size() - 1) -
                               part_min * static_cast<float>(shown.size());
            float x = r.x;
            for (std::size_t i = 0; i < shown.size(); ++i) {
                float w = part_min +
                          std::floor(room * static_cast<float>(static_cast<double>(shown[i].cents) / sum));
                if (i + 1 == shown.size())
                    w = r.right() - x;
                paint_money(context, {x, r.y, w, r.h}, shown[i].kind);
                x += w + part_gap;
            }
        });
    drawing->min_w = std::min(width, 160.0F);
    return drawing;
}

} // namespace portico::ui
