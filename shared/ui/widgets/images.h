#pragma once

#include "shared/ui/draw/texture.h"
#include "shared/ui/specs.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace portico::ui {

/// Pictures scaled to the size they are shown in; dropped when not shown for a while, wiped on `forget`.
class Images {
public:
    /// Scaled to `w` x `h` with the corners cut round.
    Texture const& get(std::shared_ptr<Bitmap const> const& bitmap, int w, int h, float radius);
    void begin_frame();
    void forget();

private:
    struct Entry {
        std::shared_ptr<Bitmap const> source;
        int w = 0, h = 0;
        std::unique_ptr<Texture> texture;
        std::uint64_t used = 0;
    };
    std::vector<Entry> entries_;
    std::uint64_t frame_ = 0;
};

} // namespace portico::ui
