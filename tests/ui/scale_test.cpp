#include "shared/ui/draw/scale.h"
#include "tests/support/catch.h"

#include <cstdlib>
#include <numeric>

using namespace portico::ui;

namespace {

using Pixels = std::vector<std::uint32_t>;

constexpr std::uint32_t untouched = 0x01020304U;

Bitmap picture(int width, int height, Pixels pixels) {
    Bitmap out;
    out.width = width;
    out.height = height;
    out.pixels = std::move(pixels);
    return out;
}

Pixels drawn(Bitmap const& from, int width, int height, PixelRect const& place) {
    Pixels out(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), untouched);
    draw_scaled(from, out, width, place);
    return out;
}

std::uint32_t grey(std::uint32_t level) {
    return 0xFF000000U | level << 16U | level << 8U | level;
}

} // namespace

TEST_CASE("scale: a picture of the right size is copied to the bit, and nothing beside it is touched") {
    auto const from = picture(2, 2, {1, 2, 3, 0xFFFFFFFFU});
    auto const u = untouched;
    CHECK(drawn(from, 4, 3, {1, 1, 2, 2}) == Pixels{u, u, u, u, u, 1, 2, u, u, 3, 0xFFFFFFFFU, u});
}

TEST_CASE("scale: one colour stays that colour at every size, in each channel") {
    for (std::uint32_t const color : {0xFF123456U, 0xFFFFFFFFU, 0xFF00FF00U, 0xFFFF00FFU})
        for (int const size : {1, 2, 5, 7, 16}) {
            auto const out = drawn(picture(3, 3, Pixels(9, color)), size, size, {0, 0, size, size});
            CHECK(out == Pixels(out.size(), color));
        }
}

TEST_CASE("scale: between two pixels lies their mean, and the picture does not move to one side") {
    auto const from = picture(2, 1, {grey(0), grey(200)});
    CHECK(drawn(from, 4, 1, {0, 0, 4, 1}) == Pixels{grey(0), grey(50), grey(150), grey(200)});
    CHECK(drawn(from, 1, 1, {0, 0, 1, 1}) == Pixels{grey(100)});
    auto const upright = picture(1, 2, {grey(0), grey(200)});
    CHECK(drawn(upright, 1, 4, {0, 0, 1, 4}) == Pixels{grey(0), grey(50), grey(150), grey(200)});
}

TEST_CASE("scale: a whole screen in a corner of a smaller one stays within its place") {
    Pixels steps(64 * 48);
    std::iota(steps.begin(), steps.end(), 0xFF000000U);
    auto const out = drawn(picture(64, 48, steps), 50, 40, {10, 5, 30, 20});
    for (int y = 0; y < 40; ++y)
        for (int x = 0; x < 50; ++x) {
            bool const inside = x >= 10 && x < 40 && y >= 5 && y < 25;
            INFO(x << ", " << y);
            CHECK((out[static_cast<std::size_t>(y * 50 + x)] != untouched) == inside);
        }
}
