#pragma once

#include <cstdint>

namespace portico::ui {

/// Straight (not premultiplied) sRGB.
struct Color {
    std::uint8_t r = 0, g = 0, b = 0, a = 255;
    bool operator==(Color const&) const = default;
};

constexpr Color rgb(std::uint32_t hex) {
    return {static_cast<std::uint8_t>(hex >> 16U), static_cast<std::uint8_t>(hex >> 8U),
            static_cast<std::uint8_t>(hex), 255};
}

/// Relative luminance contrast, 1 to 21. Source: WCAG 2.2, "contrast ratio". Alpha is ignored.
double contrast(Color a, Color b);

} // namespace portico::ui
