#include "shared/ui/draw/blend.h"

#include "tests/support/catch.h"

#include <algorithm>
#include <vector>

using namespace portico::ui;

namespace {

constexpr Paint inks[] = {{0, 0, 0}, {255, 255, 255}, {19, 128, 254}};

/// Opaque, with every value of a byte in every channel.
std::vector<std::uint32_t> ground(std::size_t count) {
    std::vector<std::uint32_t> pixels;
    for (std::size_t i = 0; i < count; ++i) {
        auto const byte = static_cast<std::uint32_t>(i & 0xFFU);
        pixels.push_back(0xFF000000U | byte << 16U | (255 - byte) << 8U | (byte ^ 0x55U));
    }
    return pixels;
}

std::uint32_t blended(std::uint32_t pixel, Paint ink, std::uint32_t alpha) {
    blend(pixel, ink, alpha);
    return pixel;
}

} // namespace

TEST_CASE("a colour laid over a row is what it is over each of its pixels, at every alpha and value") {
    auto const before = ground(256 + 3); // a rest that fills no whole step
    for (auto const ink : inks)
        for (std::uint32_t alpha = 0; alpha <= 255; ++alpha) {
            auto row = before;
            blend_row(row.data(), row.size(), ink, alpha);
            auto each = before;
            for (auto& pixel : each)
                blend(pixel, ink, alpha);
            REQUIRE(row == each);
        }
}

TEST_CASE("a row keeps what stands beside it, whatever its length") {
    for (std::size_t count = 0; count < 20; ++count) {
        auto row = ground(24);
        auto const before = row;
        blend_row(row.data() + 2, count, {10, 20, 30}, 128);
        REQUIRE(std::equal(row.begin(), row.begin() + 2, before.begin()));
        REQUIRE(std::equal(row.begin() + 2 + static_cast<std::ptrdiff_t>(count), row.end(),
                           before.begin() + 2 + static_cast<std::ptrdiff_t>(count)));
    }
}

TEST_CASE("letters cover each pixel by their part of the colour") {
    // Ground alone, edges, insides; more than one step and a rest.
    std::vector<std::uint8_t> coverage;
    for (std::size_t i = 0; i < 61; ++i)
        coverage.push_back(static_cast<std::uint8_t>(i % 23 < 11 ? 0 : (i * 37) & 0xFFU));
    coverage[20] = 255;
    for (std::uint32_t const alpha : {0U, 1U, 127U, 254U, 255U}) {
        auto row = ground(coverage.size());
        auto const before = row;
        blend_covered(row.data(), coverage.data(), coverage.size(), {200, 100, 7}, alpha);
        for (std::size_t i = 0; i < row.size(); ++i)
            REQUIRE(row[i] == blended(before[i], {200, 100, 7}, over_255(coverage[i] * alpha)));
    }
}
