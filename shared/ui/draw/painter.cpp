#include "shared/ui/draw/painter.h"

#include "shared/ui/text/text_engine.h"
#include "shared/ui/theme.h"

#include <imgui.h>

#include <cmath>
#include <numbers>

namespace portico::ui {
namespace {

ImU32 packed(Color c) {
    return IM_COL32(c.r, c.g, c.b, c.a);
}

ImVec2 vec(Point p) {
    return {p.x, p.y};
}

/// How many steps of `gap` begin before `length` is over.
int steps_over(float length, float gap) {
    return static_cast<int>(std::ceil(length / gap));
}

ImDrawFlags rounding(Corners corners, float radius, bool mirrored) {
    if (radius <= 0)
        return ImDrawFlags_RoundCornersNone;
    if (mirrored && corners == Corners::Left)
        corners = Corners::Right;
    else if (mirrored && corners == Corners::Right)
        corners = Corners::Left;
    switch (corners) {
    case Corners::All:
        return ImDrawFlags_RoundCornersAll;
    case Corners::Left:
        return ImDrawFlags_RoundCornersLeft;
    case Corners::Right:
        return ImDrawFlags_RoundCornersRight;
    case Corners::Top:
        return ImDrawFlags_RoundCornersTop;
    case Corners::Bottom:
        return ImDrawFlags_RoundCornersBottom;
    }
    return ImDrawFlags_RoundCornersAll;
}

constexpr float turn = 2 * std::numbers::pi_v<float>;

} // namespace

Painter::Painter(ImDrawList& list, TextEngine& text, Theme const& theme, float screen_width, bool mirrored)
    : list_(list), text_(text), theme_(theme), width_(screen_width), mirrored_(mirrored) {}

Rect Painter::mapped(Rect r) const {
    if (mirrored_)
        r.x = width_ - r.right();
    r.x += shift_x_;
    return r;
}

Point Painter::mapped(Point p) const {
    return {(mirrored_ ? width_ - p.x : p.x) + shift_x_, p.y};
}

void Painter::fill(Rect r, Color c, float radius, Corners corners) {
    if (r.empty() || c.a == 0)
        return;
    Rect const m = mapped(r);
    radius = std::min({radius, m.w / 2, m.h / 2});
    list_.AddRectFilled({m.x, m.y}, {m.right(), m.bottom()}, packed(c), radius,
                        rounding(corners, radius, mirrored_));
}

void Painter::outline(Rect r, Color c, float stroke, float radius, Corners corners) {
    if (r.empty() || stroke <= 0)
        return;
    // ImGui strokes over the middle of the line and moves it by half a pixel.
    Rect const m = mapped(r).grown(-stroke / 2);
    radius = std::max(0.0F, std::min({radius - stroke / 2, m.w / 2, m.h / 2}));
    list_.PathRect({m.x, m.y}, {m.right(), m.bottom()}, radius, rounding(corners, radius, mirrored_));
    list_.PathStroke(packed(c), ImDrawFlags_Closed, stroke);
}

void Painter::circle(Point center, float radius, Color c) {
    list_.AddCircleFilled(vec(mapped(center)), radius, packed(c));
}

void Painter::circle_outline(Point center, float radius, Color c, float stroke) {
    list_.AddCircle(vec(mapped(center)), radius - stroke / 2, packed(c), 0, stroke);
}

void Painter::line(Point a, Point b, Color c, float stroke) {
    Point const from = mapped(a);
    Point const to = mapped(b);
    if (from.y == to.y || from.x == to.x) {
        bool const flat = from.y == to.y;
        float const x0 = std::min(from.x, to.x) - (flat ? 0 : std::floor(stroke / 2));
        float const y0 = std::min(from.y, to.y) - (flat ? std::floor(stroke / 2) : 0);
        float const w = flat ? std::abs(to.x - from.x) : stroke;
        float const h = flat ? stroke : std::abs(to.y - from.y);
        list_.AddRectFilled({x0, y0}, {x0 + w, y0 + h}, packed(c));
        return;
    }
    list_.PathLineTo(vec(from));
    list_.PathLineTo(vec(to));
    list_.PathStroke(packed(c), 0, stroke);
}

void Painter::arc(Point center, float radius, float stroke, float from, float to, Color c) {
    if (to - from >= 0.9995F) {
        circle_outline(center, radius + stroke / 2, c, stroke);
        return;
    }
    // The caps reach past the ends; they are part of the length.
    float const cap = stroke / 2 / (radius * turn);
    float a0 = from + cap;
    float a1 = std::max(a0 + 0.0005F, to - cap);
    Point const m = mapped(center);
    auto const at = [&](float t) {
        float const angle = (mirrored_ ? -t : t) * turn - turn / 4;
        return ImVec2{m.x + radius * std::cos(angle), m.y + radius * std::sin(angle)};
    };
    int const pieces = std::max(4, static_cast<int>((a1 - a0) * turn * radius / 4));
    for (int i = 0; i <= pieces; ++i)
        list_.PathLineTo(at(a0 + (a1 - a0) * static_cast<float>(i) / static_cast<float>(pieces)));
    list_.PathStroke(packed(c), 0, stroke);
    list_.AddCircleFilled(at(a0), stroke / 2, packed(c));
    list_.AddCircleFilled(at(a1), stroke / 2, packed(c));
}

void Painter::hatch(Rect r, Color c, float stroke, float gap) {
    push_clip(r);
    int const lines = steps_over(r.w + r.h, gap);
    for (int i = 0; i < lines; ++i) {
        float const x = r.x - r.h + static_cast<float>(i) * gap;
        line({x, r.bottom() + 1}, {x + r.h + 2, r.y - 1}, c, stroke);
    }
    pop_clip();
}

void Painter::dots(Rect r, Color c, float radius, float gap) {
    push_clip(r);
    int const rows = steps_over(r.h - gap / 2, gap);
    int const columns = steps_over(r.w - gap / 2, gap);
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column)
            circle({r.x + (static_cast<float>(column) + 0.5F) * gap,
                    r.y + (static_cast<float>(row) + 0.5F) * gap},
                   radius, c);
    pop_clip();
}

void Painter::triangle(Point a, Point b, Point c, Color color) {
    list_.AddTriangleFilled(vec(mapped(a)), vec(mapped(b)), vec(mapped(c)), packed(color));
}

void Painter::arch(Rect r, Color c) {
    Rect const m = mapped(r);
    float const radius = std::min(m.w / 2, m.h);
    list_.PathLineTo({m.x, m.bottom()});
    list_.PathArcTo({m.x + m.w / 2, m.y + radius}, radius, turn / 2, turn, static_cast<int>(radius / 2) + 12);
    list_.PathLineTo({m.right(), m.bottom()});
    list_.PathFillConvex(packed(c));
}

void Painter::shadow(Rect r, float radius) {
    if (theme_.color.high_contrast)
        return;
    struct Layer {
        float grow, drop;
        int alpha;
    };
    constexpr Layer layers[] = {{2, 7, 6}, {1, 3, 11}, {1, 0, 18}};
    for (auto const& layer : layers) {
        Color c = theme_.color.ink;
        c.a = static_cast<std::uint8_t>(layer.alpha);
        fill(r.grown(layer.grow).moved(0, layer.drop), c, radius + layer.grow);
    }
}

void Painter::icon(std::string_view name, Rect r, Color c, bool direction) {
    float const zoom = text_.zoom();
    int const side = static_cast<int>(std::lround(std::min(r.w, r.h) * zoom));
    if (side <= 0)
        return;
    AtlasSlot const slot = text_.icon(name, side, direction && mirrored_);
    if (slot.page < 0)
        return;
    Rect const m = mapped(r);
    auto const& texture = text_.atlas().texture(slot);
    float const x = std::round((m.x + m.w / 2) * zoom - static_cast<float>(side) / 2) / zoom;
    float const y = std::round((m.y + m.h / 2) * zoom - static_cast<float>(side) / 2) / zoom;
    auto const tw = static_cast<float>(texture.width);
    auto const th = static_cast<float>(texture.height);
    auto const u = static_cast<float>(slot.x);
    auto const v = static_cast<float>(slot.y);
    auto const s = static_cast<float>(side);
    list_.AddImage(const_cast<Texture*>(&texture), {x, y}, {x + s / zoom, y + s / zoom}, {u / tw, v / th},
                   {(u + s) / tw, (v + s) / th}, packed(c));
}

void Painter::text(ShapedText const& text, Point origin, Color c, float top, float bottom) {
    float const zoom = text_.zoom();
    for (auto const& line : text.lines()) {
        Rect const box = line.box.moved(origin.x, origin.y);
        if (line.ink_w <= 0 || box.y < top - 0.5F || box.bottom() > bottom + 0.5F)
            continue;
        AtlasSlot const& slot = text_.picture(text, line);
        auto const& texture = text_.atlas().texture(slot);
        Rect const m = mapped(box);
        // The picture is of pixels, and stands on them.
        float const x = (std::round(m.x * zoom) + line.ink_x) / zoom;
        float const y = (std::round(origin.y * zoom) + line.ink_y) / zoom;
        auto const tw = static_cast<float>(texture.width);
        auto const th = static_cast<float>(texture.height);
        auto const u = static_cast<float>(slot.x);
        auto const v = static_cast<float>(slot.y);
        auto const w = static_cast<float>(slot.w);
        auto const h = static_cast<float>(slot.h);
        list_.AddImage(const_cast<Texture*>(&texture), {x, y}, {x + w / zoom, y + h / zoom}, {u / tw, v / th},
                       {(u + w) / tw, (v + h) / th}, packed(c));
    }
}

void Painter::push_clip(Rect r) {
    Rect const m = mapped(r);
    list_.PushClipRect({m.x, m.y}, {m.right(), m.bottom()}, true);
}

void Painter::pop_clip() {
    list_.PopClipRect();
}

} // namespace portico::ui
