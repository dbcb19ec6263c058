#include "shared/ui/layout/element.h"
#include "shared/ui/layout/paint_context.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace portico::ui {
namespace {

float widest(std::vector<ElementPtr> const& children, LayoutContext& context, bool natural) {
    float out = 0;
    for (auto const& child : children)
        out = std::max(out, natural ? child->natural_width(context) : child->min_width(context));
    return out;
}

float aligned(Align align, float room) {
    if (align == Align::Start)
        return 0;
    return std::floor(align == Align::Center ? room / 2 : room);
}

} // namespace

// ---- Stack ----

float Stack::natural_width(LayoutContext& context) {
    return widest(children_, context, true);
}

float Stack::min_width(LayoutContext& context) {
    return widest(children_, context, false);
}

float Stack::layout(LayoutContext& context, float width) {
    sizes_.clear();
    float height = 0;
    bool before = false;
    for (auto const& child : children_) {
        float const w =
            shrink || align_ != Align::Start ? std::min(width, child->natural_width(context)) : width;
        float const h = child->layout(context, w);
        sizes_.push_back({w, h});
        if (h <= 0)
            continue;
        height += h + (before ? gap_ : 0);
        before = true;
    }
    return height;
}

void Stack::place(Rect rect) {
    rect_ = rect;
    float y = rect.y;
    for (std::size_t i = 0; i < children_.size(); ++i) {
        auto const size = sizes_[i];
        children_[i]->place({rect.x + aligned(align_, rect.w - size.w), y, size.w, size.h});
        y += size.h > 0 ? size.h + gap_ : 0;
    }
}

// ---- Line ----

float Line::natural_width(LayoutContext& context) {
    float sum = 0;
    for (auto const& child : children_)
        sum += child->natural_width(context);
    return sum + gap_ * static_cast<float>(children_.empty() ? 0 : children_.size() - 1);
}

float Line::min_width(LayoutContext& context) {
    if (wrap)
        return widest(children_, context, false);
    float sum = gap_ * static_cast<float>(children_.empty() ? 0 : children_.size() - 1);
    for (auto const& child : children_)
        sum += child->min_width(context);
    return sum;
}

float Line::layout(LayoutContext& context, float width) {
    auto const count = children_.size();
    sizes_.assign(count, {});
    lines_.clear();
    natural_.clear();
    min_.clear();
    for (auto const& child : children_) {
        natural_.push_back(std::min(width, child->natural_width(context)));
        min_.push_back(std::min(width, child->min_width(context)));
    }
    float height = 0;
    for (std::size_t first = 0; first < count;) {
        // As many as fit at their least width.
        std::size_t last = first + 1;
        float used = min_[first];
        while (last < count && !children_[first]->whole_line && !children_[last]->whole_line &&
               (!wrap || used + gap_ + min_[last] <= width + 0.5F))
            used += gap_ + min_[last++];
        lay_line(context, first, last, width);
        float line_height = 0;
        for (std::size_t i = first; i < last; ++i)
            line_height = std::max(line_height, sizes_[i].h);
        height += line_height + (lines_.empty() ? 0 : line_gap_);
        lines_.push_back({first, last, line_height});
        first = last;
    }
    return height;
}

void Line::lay_line(LayoutContext& context, std::size_t first, std::size_t last, float width) {
    float const gaps = gap_ * static_cast<float>(last - first - 1);
    float natural = gaps;
    float least = gaps;
    float grow_sum = 0;
    for (std::size_t i = first; i < last; ++i) {
        natural += natural_[i];
        least += min_[i];
        // What pushes the rest away does not on a line that it would begin.
        bool const idle = i == first && first > 0 && natural_[i] <= 0;
        grow_sum += idle ? 0 : children_[i]->grow;
    }
    if (least > width + 0.5F && last - first > 1) {
        // One line whatever happens: the widest gives way.
        auto const from = min_.begin() + static_cast<std::ptrdiff_t>(first);
        auto const to = min_.begin() + static_cast<std::ptrdiff_t>(last);
        auto const widest_child = std::max_element(from, to);
        *widest_child = std::max(1.0F, *widest_child - (least - width));
        least = width;
    }
    for (std::size_t i = first; i < last; ++i) {
        float w = natural_[i];
        if (natural > width && natural > least)
            w = std::floor(min_[i] +
                           (natural_[i] - min_[i]) * std::max(0.0F, width - least) / (natural - least));
        else if (natural < width && grow_sum > 0 && !(i == first && first > 0 && natural_[i] <= 0))
            w += std::floor((width - natural) * children_[i]->grow / grow_sum);
        sizes_[i] = {w, children_[i]->layout(context, w)};
    }
}

void Line::place(Rect rect) {
    rect_ = rect;
    float y = rect.y;
    for (auto const& line : lines_) {
        float used = gap_ * static_cast<float>(line.last - line.first - 1);
        for (std::size_t i = line.first; i < line.last; ++i)
            used += sizes_[i].w;
        float x = rect.x + aligned(along, rect.w - used);
        for (std::size_t i = line.first; i < line.last; ++i) {
            children_[i]->place(
                {x, y + aligned(across_, line.height - sizes_[i].h), sizes_[i].w, sizes_[i].h});
            x += sizes_[i].w + gap_;
        }
        y += line.height + line_gap_;
    }
}

void Line::shape(FlowShape& out) const {
    if (lines_.size() > 1) {
        Container::shape(out);
        return;
    }
    shape_in_one(out);
}

// ---- Grid ----

float Grid::cell_width(float width, int columns) const {
    return std::floor((width - gap_ * static_cast<float>(columns - 1)) / static_cast<float>(columns));
}

float Grid::natural_width(LayoutContext& context) {
    auto const columns =
        static_cast<float>(std::min<std::size_t>(children_.size(), static_cast<std::size_t>(columns_)));
    return widest(children_, context, true) * columns + gap_ * std::max(0.0F, columns - 1);
}

float Grid::min_width(LayoutContext& context) {
    return widest(children_, context, natural_only_);
}

float Grid::layout(LayoutContext& context, float width) {
    float const need = std::min(width, widest(children_, context, natural_only_));
    used_ = std::max(1, std::min(columns_, static_cast<int>(children_.size())));
    widths_.clear();
    while (used_ > 1 && cell_width(width, used_) < need) {
        // All in one row with widths of their own, if that fits.
        float const natural =
            std::accumulate(children_.begin(), children_.end(), 0.0F,
                            [&](float sum, auto const& c) { return sum + c->natural_width(context); });
        float const room = width - gap_ * static_cast<float>(used_ - 1) - natural;
        if (natural_only_ && justify && used_ == static_cast<int>(children_.size()) && room >= 0) {
            for (auto const& child : children_)
                widths_.push_back(
                    std::floor(child->natural_width(context) + room / static_cast<float>(used_)));
            break;
        }
        --used_;
    }
    // Three that do not fit side by side stand below each other rather than two and one.
    if (justify && used_ == 2 && children_.size() == 3)
        used_ = 1;
    heights_.clear();
    own_heights_.assign(children_.size(), 0);
    float height = 0;
    for (std::size_t i = 0; i < children_.size(); i += static_cast<std::size_t>(used_)) {
        float row = 0;
        float stretched = 0;
        auto const end = std::min(children_.size(), i + static_cast<std::size_t>(used_));
        for (std::size_t j = i; j < end; ++j) {
            float const w = widths_.empty() ? cell_width(width, used_) : widths_[j];
            own_heights_[j] = children_[j]->layout(context, w);
            row = std::max(row, own_heights_[j]);
            if (children_[j]->stretch)
                stretched = std::max(stretched, own_heights_[j]);
        }
        for (std::size_t j = i; j < end; ++j)
            if (children_[j]->stretch)
                own_heights_[j] = stretched;
        heights_.push_back(row);
        height += row + (i > 0 ? gap_ : 0);
    }
    return height;
}

void Grid::place(Rect rect) {
    rect_ = rect;
    float y = rect.y;
    for (std::size_t row = 0; row < heights_.size(); ++row) {
        float x = rect.x;
        for (std::size_t column = 0; column < static_cast<std::size_t>(used_); ++column) {
            std::size_t const i = row * static_cast<std::size_t>(used_) + column;
            if (i >= children_.size())
                break;
            float const w = widths_.empty() ? cell_width(rect.w, used_) : widths_[i];
            children_[i]->place({x, y, w, own_heights_[i]});
            x += w + gap_;
        }
        y += heights_[row] + gap_;
    }
}

// ---- Columns ----

float Columns::natural_width(LayoutContext& context) {
    float sum = 0;
    for (auto const& child : children_)
        sum += child->natural_width(context);
    return sum + gap_ * static_cast<float>(children_.empty() ? 0 : children_.size() - 1);
}

float Columns::min_width(LayoutContext& context) {
    return widest(children_, context, false);
}

float Columns::layout(LayoutContext& context, float width) {
    auto const count = children_.size();
    weights_.resize(count, 1.0F);
    float const room = width - gap_ * static_cast<float>(count > 0 ? count - 1 : 0);
    float const sum = std::accumulate(weights_.begin(), weights_.end(), 0.0F);
    now_stacked_ = stacked_;
    for (std::size_t i = 0; i < count && !now_stacked_ && !never_stack; ++i) {
        float const w = std::floor(room * weights_[i] / sum);
        now_stacked_ = children_[i]->min_width(context) > w + 0.5F ||
                       children_[i]->layout(context, w) > context.page_room;
    }
    sizes_.clear();
    float height = 0;
    for (std::size_t i = 0; i < count; ++i) {
        float const w = now_stacked_ ? width : std::floor(room * weights_[i] / sum);
        float const h = children_[i]->layout(context, w);
        sizes_.push_back({w, h});
        height = now_stacked_ ? height + h + (i > 0 ? gap_ : 0) : std::max(height, h);
    }
    return height;
}

void Columns::place(Rect rect) {
    rect_ = rect;
    float x = rect.x;
    float y = rect.y;
    for (std::size_t i = 0; i < children_.size(); ++i) {
        children_[i]->place({x, y, sizes_[i].w, sizes_[i].h});
        if (now_stacked_)
            y += sizes_[i].h + gap_;
        else
            x += sizes_[i].w + gap_;
    }
}

void Columns::paint(PaintContext& context) {
    Container::paint(context);
    if (!divider_ || now_stacked_)
        return;
    float const stroke = context.painter.theme().stroke.divider;
    for (std::size_t i = 1; i < children_.size(); ++i) {
        float const x = std::floor(children_[i]->rect().x - gap_ / 2);
        Rect const r = context.on_screen({x, rect_.y, stroke, rect_.h});
        float const top = std::max(r.y, context.clip_top);
        context.painter.fill({r.x, top, r.w, std::min(r.bottom(), context.clip_bottom) - top}, *divider_);
    }
}

} // namespace portico::ui
