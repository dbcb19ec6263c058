#include "shared/ui/draw/scale.h"

#include <algorithm>
#include <cstring>
#include <vector>

namespace portico::ui {
namespace {

constexpr int weight_bits = 8;
constexpr std::uint32_t weight_one = 1U << weight_bits;

/// Between which two pixels of `length_from` a pixel of `length_to` lies, and how near to the second.
struct Between {
    int first = 0, second = 0;
    std::uint32_t weight = 0; ///< of the second, of `weight_one`
};

Between between(int at, int length_to, int length_from) {
    // Middles of pixels lie on middles: the picture does not move.
    double const middle = (at + 0.5) * length_from / length_to - 0.5;
    double const clamped = std::clamp(middle, 0.0, static_cast<double>(length_from - 1));
    int const first = static_cast<int>(clamped);
    return {first, std::min(first + 1, length_from - 1),
            static_cast<std::uint32_t>((clamped - first) * weight_one)};
}

/// Two channels at a time, with room for the product between them.
std::uint32_t mixed(std::uint32_t one, std::uint32_t other, std::uint32_t weight) {
    constexpr std::uint32_t even = 0x00FF00FFU;
    std::uint32_t const rest = weight_one - weight;
    std::uint32_t const low = ((one & even) * rest + (other & even) * weight) >> weight_bits & even;
    std::uint32_t const high =
        ((one >> 8U & even) * rest + (other >> 8U & even) * weight) >> weight_bits & even;
    return high << 8U | low;
}

} // namespace

void draw_scaled(Bitmap const& from, std::span<std::uint32_t> to, int row_length, PixelRect const& place) {
    auto const row_of = [&](int y) {
        return from.pixels.data() + static_cast<std::ptrdiff_t>(y) * from.width;
    };
    auto* row = to.data() + static_cast<std::ptrdiff_t>(place.y) * row_length + place.x;
    if (place.w == from.width && place.h == from.height) {
        for (int y = 0; y < place.h; ++y, row += row_length)
            std::memcpy(row, row_of(y), static_cast<std::size_t>(place.w) * sizeof *row);
        return;
    }
    std::vector<Between> columns;
    columns.reserve(static_cast<std::size_t>(place.w));
    for (int x = 0; x < place.w; ++x)
        columns.push_back(between(x, place.w, from.width));
    for (int y = 0; y < place.h; ++y, row += row_length) {
        auto const rows = between(y, place.h, from.height);
        auto const* upper = row_of(rows.first);
        auto const* lower = row_of(rows.second);
        for (int x = 0; x < place.w; ++x) {
            auto const& column = columns[static_cast<std::size_t>(x)];
            row[x] = mixed(mixed(upper[column.first], upper[column.second], column.weight),
                           mixed(lower[column.first], lower[column.second], column.weight), rows.weight);
        }
    }
}

} // namespace portico::ui
