#pragma once

#include "shared/ui/draw/texture.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace portico::ui {

/// Where a picture of text lies in the atlas; valid while the page's generation is the same.
struct AtlasSlot {
    int page = -1;
    std::uint64_t generation = 0;
    int x = 0, y = 0, w = 0, h = 0;
};

/// Coverage pictures of lines and icons on pages of 4 MB. When all pages are full, the one that was not used
/// for the longest is emptied; a page that this frame uses never is: then another page is made, and the next
/// frame begins with empty pages, as pictures it needs are few and lie scattered over all of them.
class Atlas {
public:
    static constexpr int page_side_px = 2048;
    static constexpr std::size_t pages_soft_max = 3;

    /// Ends all slots when there are more pages than a frame has needed by itself.
    void begin_frame();
    /// True when the slot still holds its picture; marks it as used in this frame.
    bool alive(AtlasSlot const& slot);
    /// `fill` gets the first pixel and the bytes from row to row; the area is zero. Pictures larger than a
    /// page get a page of their own.
    AtlasSlot add(int w, int h, std::function<void(std::uint8_t* pixels, int stride)> const& fill);
    Texture const& texture(AtlasSlot const& slot) const {
        return pages_[static_cast<std::size_t>(slot.page)]->texture;
    }
    /// Changes whenever a picture is added: the same place may then hold another one.
    std::uint64_t version() const { return version_; }
    /// Overwrites everything with zeros.
    void wipe();
    std::size_t bytes_not_zero() const;
    std::size_t pages() const { return pages_.size(); }

private:
    struct Page {
        Texture texture;
        std::uint64_t generation = 1;
        std::uint64_t last_used = 0;
        int shelf_y = 0, shelf_h = 0, next_x = 0;
    };
    bool place(Page& page, int wanted_w, int h, AtlasSlot& slot);
    static void clear(Page& page);
    Page& new_page(int w, int h);
    void gather();

    std::vector<std::unique_ptr<Page>> pages_;
    std::size_t pages_max_ = pages_soft_max; ///< more when a single frame fills more
    std::uint64_t frame_ = 1;
    std::uint64_t gathered_ = 0; ///< the frame that began with empty pages
    std::uint64_t version_ = 1;
};

} // namespace portico::ui
