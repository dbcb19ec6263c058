#pragma once

#include <cstdint>
#include <vector>

namespace portico::documents {

/// A picture for the screen.
struct Bitmap {
    int width = 0;
    int height = 0;
    int stride = 0;                    ///< pixels from one row to the next
    std::vector<std::uint32_t> pixels; ///< 0xAARRGGBB, colour premultiplied by alpha (cairo ARGB32)
};

} // namespace portico::documents
