#pragma once

#include "shared/ui/color.h"
#include "shared/ui/geometry.h"

#include <cstdint>
#include <memory>
#include <string_view>

struct ImDrawList;

namespace portico::ui {

class TextEngine;
class ShapedText;
struct Theme;

enum class Corners : std::uint8_t { All, Left, Right, Top, Bottom };

/// Draws shapes, icons and laid-out text. In a right-to-left screen everything given here is mirrored about
/// the middle of the screen, except inside `as_it_stands`.
class Painter {
public:
    Painter(ImDrawList& list, TextEngine& text, Theme const& theme, float screen_width, bool mirrored);

    void fill(Rect r, Color c, float radius = 0, Corners corners = Corners::All);
    /// The stroke lies inside the rectangle.
    void outline(Rect r, Color c, float stroke, float radius = 0, Corners corners = Corners::All);
    void circle(Point center, float radius, Color c);
    void circle_outline(Point center, float radius, Color c, float stroke);
    void line(Point a, Point b, Color c, float stroke);
    /// Part of a ring, clockwise from 12 o'clock; `from` and `to` in turns. The round ends count in the
    /// length.
    void arc(Point center, float radius, float stroke, float from, float to, Color c);
    /// Diagonal hatching inside the rectangle.
    void hatch(Rect r, Color c, float stroke, float gap);
    void dots(Rect r, Color c, float radius, float gap);
    void triangle(Point a, Point b, Point c, Color color);
    /// An arch: straight sides from the bottom up, round on top.
    void arch(Rect r, Color c);
    void shadow(Rect r, float radius);

    /// `direction`: an arrow or chevron, which turns round when the screen is mirrored.
    void icon(std::string_view name, Rect r, Color c, bool direction = false);
    /// Draws the lines of `text` whose box lies between `top` and `bottom` of the screen.
    void text(ShapedText const& text, Point origin, Color c, float top = -1e9F, float bottom = 1e9F);

    void push_clip(Rect r);
    void pop_clip();

    Theme const& theme() const { return theme_; }
    bool mirrored() const { return mirrored_; }
    Rect mapped(Rect r) const;
    Point mapped(Point p) const;
    ImDrawList& list() { return list_; }

    /// Inside `body`, what is drawn into `r` keeps its left and right: keypads, devices, the mark.
    template <class Body>
    void as_it_stands(Rect r, Body&& body) {
        bool const before = mirrored_;
        float const shift = mirrored_ ? mapped(r).x - r.x : 0;
        mirrored_ = false;
        shift_x_ += shift;
        body();
        shift_x_ -= shift;
        mirrored_ = before;
    }

private:
    ImDrawList& list_;
    TextEngine& text_;
    Theme const& theme_;
    float width_;
    bool mirrored_;
    float shift_x_ = 0;
};

} // namespace portico::ui
