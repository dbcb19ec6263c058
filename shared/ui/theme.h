#pragma once

#include "shared/ui/color.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace portico::ui {

enum class ThemeName : std::uint8_t { Light, Dark, HighContrast };

/// From how far a screen is used, and with what. All figures of this library are those of a touch screen at
/// arm's length; a desk's screen is read from nearer and worked with a mouse, so everything is half as large
/// on it: `pixels_a_unit`.
enum class Density : std::uint8_t { Touch, Desk };

/// Ground, ink and edge of something that carries text.
struct Tone {
    Color ground, ink, edge;
    bool operator==(Tone const&) const = default;
};

inline constexpr std::size_t marks_max = 6;

struct Palette {
    Color page, surface, sunken;
    Color ink, ink_2;
    Color edge, divider;
    Tone primary, primary_pressed, secondary, secondary_pressed, quiet, quiet_pressed, serious,
        serious_pressed;
    Tone disabled, selected;
    Tone good, look_again, error, notice;
    /// Solid cover of the idle screen and of dialogs, and what stands on it.
    Tone cover, welcome;
    Color plan, you, you_edge, asked, discount, discount_edge, track;
    Color focus, focus_ring;
    Color icon_ground, icon;
    /// Tell things apart that stand side by side, beside their names: never alone.
    std::array<Color, marks_max> marks;
    /// White on black only: shapes instead of tints.
    bool high_contrast = false;
};

/// Sizes at 100 %, in px.
struct FontToken {
    float size, line;
    int weight;
};
struct TypeScale {
    FontToken display, title, section, row, body, small, amount, amount_large, key;
};

struct Space {
    float xs = 8, s = 16, m = 24, l = 32, xl = 40, xxl = 56;
};
struct Radii {
    float bar = 8, control = 20, card = 28, dialog = 40;
};
struct Strokes {
    float control = 3, divider = 2, focus_gap = 4, focus = 6, focus_ring = 5, error = 5, banner = 3;
    /// The highlight of scanning, which is all that its person has to go by: bolder than the focus.
    float scan = 9, scan_ring = 7;
};
struct Motion {
    int press_ms = 80, page_ms = 160, grow_ms = 240;
};

/// One look of the product. Source of the figures: the plan's design tokens; contrasts are computed from it
/// by tests (text 10:1, high contrast 20:1).
struct Theme {
    ThemeName name = ThemeName::Light;
    Palette color;
    TypeScale type;
    Space space;
    Radii radius;
    Strokes stroke;
    Motion motion;
    /// 100 to 200.
    int text_percent = 100;
    float target_min = 84;
    float button = 104, button_small = 84, field = 112, key = 126, target_gap = 20;
    float margin = 56;
    float top_bar = 120, access_bar = 140;
    /// Width of a dialog, where there is room.
    float dialog = 968;
    /// Least contrast of text, for the audit.
    double contrast_min = 10;
    /// Least size of a font, for the audit. Source of the kiosk's: its capital I is 4.8 mm high at 4.2 px a
    /// mm and 0.73 of the size (Section 508, 402.4).
    float text_min = 27.5F;

    /// A size of the scale at the current text size: text to 36 px grows by the full percentage, larger text
    /// less.
    FontToken scaled(FontToken token) const;
    /// Icons and controls grow with half of the text.
    float grown(float px) const;
    bool large_text() const { return text_percent >= 150; }
};

Theme make_theme(ThemeName name, int text_percent, bool landscape, Density density = Density::Touch);
/// How many pixels one unit of layout is on a screen `height` pixels high: 1 on a touch screen, 0.5 on a
/// desk's, doubled where the screen has twice as many lines and more.
float pixels_a_unit(Density density, int height);
char const* name(ThemeName theme);

} // namespace portico::ui
