#include "shared/ui/draw/blend.h"

#include <algorithm>
#include <cstring>

namespace portico::ui {

namespace {

constexpr std::size_t pixels_at_once = 4;

// The compiler's own vectors: any processor's, without a word about which.
using Channels = std::uint8_t __attribute__((vector_size(16)));
using Products = std::uint16_t __attribute__((vector_size(32)));

} // namespace

void blend_row(std::uint32_t* pixels, std::size_t count, Paint ink, std::uint32_t alpha) {
    if (alpha == 0)
        return;
    if (alpha == 255) {
        std::fill_n(pixels, count, 0xFF000000U | ink.r << 16U | ink.g << 8U | ink.b);
        return;
    }
    // The ink's share of each channel with half of what a division by 255 rounds by; the fourth channel comes
    // to 255 again. A product and its share stay below 2^16.
    std::uint32_t const color = 0xFF000000U | ink.r << 16U | ink.g << 8U | ink.b;
    std::uint32_t const colors[pixels_at_once] = {color, color, color, color};
    Channels inks;
    static_assert(sizeof inks == sizeof colors);
    std::memcpy(&inks, colors, sizeof inks);
    Products const share =
        __builtin_convertvector(inks, Products) * static_cast<std::uint16_t>(alpha) + std::uint16_t{128};
    auto const rest = static_cast<std::uint16_t>(255 - alpha);
    for (; count >= pixels_at_once; count -= pixels_at_once, pixels += pixels_at_once) {
        Channels channels;
        std::memcpy(&channels, pixels, sizeof channels);
        Products const sum = __builtin_convertvector(channels, Products) * rest + share;
        channels = __builtin_convertvector((sum + (sum >> 8)) >> 8, Channels);
        std::memcpy(pixels, &channels, sizeof channels);
    }
    for (; count > 0; --count, ++pixels)
        blend(*pixels, ink, alpha);
}

void blend_covered(std::uint32_t* pixels, std::uint8_t const* coverage, std::size_t count, Paint ink,
                   std::uint32_t alpha) {
    std::size_t at = 0;
    while (at < count) {
        // Most of a line of text is the ground between its letters.
        std::uint64_t eight = 0;
        if (at + sizeof eight <= count) {
            std::memcpy(&eight, coverage + at, sizeof eight);
            if (eight == 0) {
                at += sizeof eight;
                continue;
            }
        }
        auto const end = std::min(at + sizeof eight, count);
        for (; at < end; ++at)
            if (coverage[at] != 0)
                blend(pixels[at], ink, alpha == 255 ? coverage[at] : over_255(coverage[at] * alpha));
    }
}

} // namespace portico::ui
