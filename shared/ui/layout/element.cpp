#include "shared/ui/layout/element.h"

#include "shared/ui/layout/paint_context.h"

#include <algorithm>
#include <cmath>

namespace portico::ui {
namespace {

// A text is not squeezed below so many times its size; it moves to the next line instead.
constexpr float comfortable_em = 10;
// Paragraphs of more lines may be cut by a page break.
constexpr std::size_t whole_lines_max = 4;
// A last line shorter than this part of the width is a word left alone; the lines above give it company.
constexpr float lone_part = 0.25F;

} // namespace

// ---- Box ----

float Box::natural_width(LayoutContext& context) {
    return (children_.empty() ? 0 : child().natural_width(context)) + 2 * padding_.x;
}

float Box::min_width(LayoutContext& context) {
    return (children_.empty() ? 0 : child().min_width(context)) + 2 * padding_.x;
}

float Box::layout(LayoutContext& context, float width) {
    child_height_ = children_.empty() ? 0 : child().layout(context, std::max(1.0F, width - 2 * padding_.x));
    return std::max(height_min, child_height_ + 2 * padding_.y);
}

void Box::place(Rect rect) {
    rect_ = rect;
    if (children_.empty())
        return;
    float const room = rect.h - 2 * padding_.y - child_height_;
    float const drop = center ? std::floor(std::max(0.0F, room) / 2) : 0;
    child().place({rect.x + padding_.x, rect.y + padding_.y + drop, rect.w - 2 * padding_.x, child_height_});
}

void Element::shape_node(FlowShape& out, std::optional<Node> const& node) const {
    if (node && node->live == Live::Assertive)
        out.interruptions.push_back({node->id, rect_.y});
}

void Container::shape_in_one(FlowShape& out) const {
    shape_whole(out);
    FlowShape inside;
    Container::shape(inside);
    for (auto& each : inside.interruptions)
        out.interruptions.push_back(std::move(each));
}

void Box::shape(FlowShape& out) const {
    shape_node(out, node);
    if (whole || children_.empty()) {
        shape_in_one(out);
        return;
    }
    out.spans.push_back({rect_.y, rect_.bottom(), padding_.y});
    Container::shape(out);
}

void Box::paint_ground(PaintContext& context, Rect r, BoxLook const& look) const {
    auto& painter = context.painter;
    if (look.shadow)
        painter.shadow(r, look.radius);
    painter.fill(r, look.fill, look.radius, look.corners);
    if (look.edge.a > 0)
        painter.outline(r, look.edge, look.stroke, look.radius, look.corners);
    constexpr float stripe_width = 10;
    if (stripe && r.h > 2 * look.radius)
        painter.fill({r.x, r.y + look.radius, stripe_width, r.h - 2 * look.radius}, *stripe);
}

void Box::paint(PaintContext& context) {
    if (!(whole || children_.empty() ? context.shown(rect_) : context.overlaps(rect_)))
        return;
    PaintScope const scope(context);
    Rect r = context.on_screen(rect_);
    float const padding = padding_.y;
    if (r.y < context.clip_top) {
        r.h -= context.clip_top - r.y;
        r.y = context.clip_top;
        context.clip_top += padding;
    }
    if (r.bottom() > context.clip_bottom) {
        r.h = context.clip_bottom - r.y;
        context.clip_bottom -= padding;
    }
    paint_ground(context, r, look_);
    if (look_.fill.a == 255) {
        auto const& color = context.painter.theme().color;
        context.ground = look_.fill;
        context.ink = color.ink;
        context.ink_2 = color.ink_2;
    }
    if (tone)
        context.set_tone(*tone);
    if (node) {
        int const index = context.add(*node, r);
        context.parent = index;
        context.owner = index;
    }
    Container::paint(context);
}

// ---- Words ----

float Words::natural_width(LayoutContext& context) {
    return context.text.shape(text_, look_, 0)->size().w;
}

float Words::min_width(LayoutContext& context) {
    float const natural = natural_width(context);
    if (solid)
        return natural;
    return std::min(natural,
                    std::max(context.text.longest_word(text_, look_), look_.font.size * comfortable_em));
}

float Words::layout(LayoutContext& context, float width) {
    float const natural = natural_width(context);
    bool const one_line = natural <= width + 0.5F;
    TextLook look = look_;
    // A single line of its natural width needs no alignment of its own.
    if (one_line && !full_width)
        look.align = Align::Start;
    shaped_ = context.text.shape(text_, look, one_line && !full_width ? 0 : std::max(1.0F, width));
    if (!one_line)
        keep_company(context, look, width);
    return shaped_->size().h;
}

void Words::keep_company(LayoutContext& context, TextLook const& look, float width) {
    auto const lone = [&](ShapedText const& shaped) {
        return shaped.lines().back().box.w < lone_part * width;
    };
    auto const count = shaped_->lines().size();
    if (count < 2 || count > whole_lines_max || !lone(*shaped_))
        return;
    for (float const part : {0.92F, 0.84F, 0.76F, 0.68F}) {
        auto narrower = context.text.shape(text_, look, std::max(1.0F, std::floor(width * part)));
        if (narrower->lines().size() != count)
            return;
        if (!lone(*narrower)) {
            shaped_ = std::move(narrower);
            return;
        }
    }
}

void Words::shape(FlowShape& out) const {
    shape_node(out, node);
    auto const& lines = shaped_->lines();
    if (lines.size() <= whole_lines_max) {
        shape_whole(out);
        return;
    }
    for (auto const& line : lines)
        out.atoms.push_back({rect_.y + line.box.y, rect_.y + line.box.bottom(), keep_with_next});
}

void Words::paint(PaintContext& context) {
    bool const whole = shaped_->lines().size() <= whole_lines_max;
    if (!(whole ? context.shown(rect_) : context.overlaps(rect_)) || text_.text.empty())
        return;
    PaintScope const scope(context);
    Rect const r = context.on_screen(rect_);
    Color const color_now = ink_ == Ink::Fixed ? color : ink_ == Ink::Second ? context.ink_2 : context.ink;
    // Where the lines of a narrower text stand in the box.
    float x = r.x;
    if (look_.align != Align::Start) {
        float const room = r.w - shaped_->size().w;
        x += std::floor(look_.align == Align::Center ? room / 2 : room);
    }
    float const top = whole ? -1e9F : context.from + context.dy;
    float const bottom = whole ? 1e9F : context.to + context.dy;
    auto const is_shown = [&](Rect const& box) {
        return box.y >= top - 0.5F && box.bottom() <= bottom + 0.5F;
    };
    if (node) {
        // Of a paragraph that goes on over a page break, the lines of this page.
        float first = r.bottom();
        float last = r.y;
        for (auto const& line : shaped_->lines()) {
            Rect const box = line.box.moved(x, r.y);
            if (is_shown(box)) {
                first = std::min(first, box.y);
                last = std::max(last, box.bottom());
            }
        }
        Rect const shown = whole || last <= first ? r : Rect{r.x, first, r.w, last - first};
        context.owner = context.add(*node, {x, shown.y, shaped_->size().w, shown.h});
    }
    context.painter.text(*shaped_, {x, r.y}, color_now, top, bottom);
    for (auto const& line : shaped_->lines()) {
        Rect const box = line.box.moved(x, r.y);
        if (is_shown(box) && line.box.w > 0)
            context.add_run(box, color_now, look_.font.size);
    }
}

// ---- Icon ----

void Icon::paint(PaintContext& context) {
    if (!context.shown(rect_))
        return;
    Rect r = context.on_screen(rect_);
    if (ground_size > 0) {
        Rect const ground{r.x, r.y + std::floor((r.h - ground_size) / 2), ground_size, ground_size};
        context.painter.fill(ground, context.painter.theme().color.icon_ground, 16);
        r = ground;
    }
    Point const c = r.center();
    context.painter.icon(name_, {c.x - size_ / 2, c.y - size_ / 2, size_, size_}, color.value_or(context.ink),
                         direction);
}

// ---- Drawing ----

float Drawing::layout(LayoutContext& context, float width) {
    if (height_for)
        return height_for(context, width);
    if (!keep_ratio)
        return size_.h;
    return std::round(size_.h * std::min({1.0F, width / size_.w, context.page_room / size_.h}));
}

void Drawing::paint(PaintContext& context) {
    if (!context.shown(rect_))
        return;
    PaintScope const scope(context);
    Rect r = context.on_screen(rect_);
    if (keep_ratio && r.w * size_.h > r.h * size_.w + size_.w) {
        // Lower than its width asks for: in the middle.
        float const w = std::round(r.h * size_.w / size_.h);
        r.x += std::floor((r.w - w) / 2);
        r.w = w;
    }
    if (node)
        context.parent = context.owner = context.add(*node, r);
    draw_(context, r);
}

} // namespace portico::ui
