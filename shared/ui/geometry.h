#pragma once

#include <algorithm>

namespace portico::ui {

/// Pixels. The origin is the top left of the screen; y grows down.
struct Point {
    float x = 0, y = 0;
    bool operator==(Point const&) const = default;
};

struct Size {
    float w = 0, h = 0;
    bool operator==(Size const&) const = default;
};

struct Rect {
    float x = 0, y = 0, w = 0, h = 0;

    float right() const { return x + w; }
    float bottom() const { return y + h; }
    Point center() const { return {x + w / 2, y + h / 2}; }
    bool empty() const { return w <= 0 || h <= 0; }
    bool contains(Point p) const { return p.x >= x && p.y >= y && p.x < right() && p.y < bottom(); }
    /// True when `inner` lies in this one, give or take `slack` pixels.
    bool contains(Rect const& inner, float slack = 0) const {
        return inner.x >= x - slack && inner.y >= y - slack && inner.right() <= right() + slack &&
               inner.bottom() <= bottom() + slack;
    }
    Rect grown(float by) const { return {x - by, y - by, w + 2 * by, h + 2 * by}; }
    Rect moved(float dx, float dy) const { return {x + dx, y + dy, w, h}; }
    bool operator==(Rect const&) const = default;
};

inline Rect intersect(Rect const& a, Rect const& b) {
    float const x = std::max(a.x, b.x);
    float const y = std::max(a.y, b.y);
    return {x, y, std::max(0.0F, std::min(a.right(), b.right()) - x),
            std::max(0.0F, std::min(a.bottom(), b.bottom()) - y)};
}

} // namespace portico::ui
