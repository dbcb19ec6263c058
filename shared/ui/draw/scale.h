#pragma once

#include "shared/ui/specs.h"

#include <cstdint>
#include <span>

namespace portico::ui {

/// Whole pixels.
struct PixelRect {
    int x = 0, y = 0, w = 0, h = 0;
};

/// Draws `from` (ARGB) into the part `place` of rows of `row_length` pixels, each point a mean of the four
/// nearest (of one when nothing is scaled). `place` must lie in `to`, and neither it nor `from` be empty.
void draw_scaled(Bitmap const& from, std::span<std::uint32_t> to, int row_length, PixelRect const& place);

} // namespace portico::ui
