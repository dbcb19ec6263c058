#pragma once

#include <cstdint>
#include <vector>

namespace portico::ui {

/// What an ImTextureID points to. Exactly one of the two pixel stores is filled.
struct Texture {
    int width = 0, height = 0;
    /// Coverage: shapes of text and icons.
    std::vector<std::uint8_t> alpha;
    /// Premultiplied ARGB32, as Cairo's.
    std::vector<std::uint32_t> color;
};

} // namespace portico::ui
