#pragma once

#include <cstddef>
#include <cstdint>

namespace portico::ui {

/// Three channels, 0 to 255 each.
struct Paint {
    std::uint32_t r, g, b;
};

/// `value / 255`, rounded, for products of two bytes.
constexpr std::uint32_t over_255(std::uint32_t value) {
    value += 128;
    return (value + (value >> 8U)) >> 8U;
}

/// Lays ink over an opaque pixel (ARGB), which stays opaque.
inline void blend(std::uint32_t& pixel, Paint ink, std::uint32_t alpha) {
    if (alpha == 0)
        return;
    if (alpha == 255) {
        pixel = 0xFF000000U | ink.r << 16U | ink.g << 8U | ink.b;
        return;
    }
    std::uint32_t const rest = 255 - alpha;
    std::uint32_t const r = over_255(ink.r * alpha + ((pixel >> 16U) & 0xFFU) * rest);
    std::uint32_t const g = over_255(ink.g * alpha + ((pixel >> 8U) & 0xFFU) * rest);
    std::uint32_t const b = over_255(ink.b * alpha + (pixel & 0xFFU) * rest);
    pixel = 0xFF000000U | r << 16U | g << 8U | b;
}

/// The same for a row of `count` pixels, several at a time: a sheet dims the whole screen behind it.
void blend_row(std::uint32_t* pixels, std::size_t count, Paint ink, std::uint32_t alpha);

/// Each pixel by its own part of `alpha`: `coverage` is how much of it a letter or an icon covers.
void blend_covered(std::uint32_t* pixels, std::uint8_t const* coverage, std::size_t count, Paint ink,
                   std::uint32_t alpha);

} // namespace portico::ui
