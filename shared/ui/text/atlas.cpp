#include "shared/ui/text/atlas.h"

#include "shared/base/secret.h"

#include <algorithm>

namespace portico::ui {
namespace {

// Cairo wants rows, and pixman the first pixel, at a multiple of four bytes.
int rounded_up(int w) {
    return (w + 3) / 4 * 4;
}

} // namespace

bool Atlas::alive(AtlasSlot const& slot) {
    if (slot.page < 0 || static_cast<std::size_t>(slot.page) >= pages_.size())
        return false;
    auto& page = *pages_[static_cast<std::size_t>(slot.page)];
    if (page.generation != slot.generation)
        return false;
    page.last_used = frame_;
    return true;
}

bool Atlas::place(Page& page, int wanted_w, int h, AtlasSlot& slot) {
    int const w = rounded_up(wanted_w);
    if (page.next_x + w > page.texture.width || (h > page.shelf_h && page.next_x > 0)) {
        page.shelf_y += page.shelf_h;
        page.shelf_h = 0;
        page.next_x = 0;
    }
    if (w > page.texture.width || page.shelf_y + h > page.texture.height)
        return false;
    slot.x = page.next_x;
    slot.y = page.shelf_y;
    slot.w = wanted_w;
    slot.h = h;
    slot.generation = page.generation;
    page.next_x += w;
    page.shelf_h = std::max(page.shelf_h, h);
    page.last_used = frame_;
    return true;
}

void Atlas::clear(Page& page) {
    portico::wipe(page.texture.alpha.data(), page.texture.alpha.size());
    ++page.generation;
    page.shelf_y = page.shelf_h = page.next_x = 0;
}

Atlas::Page& Atlas::new_page(int w, int h) {
    auto page = std::make_unique<Page>();
    page->texture.width = std::max(rounded_up(w), page_side_px);
    page->texture.height = std::max(h, page_side_px);
    page->texture.alpha.resize(static_cast<std::size_t>(page->texture.width) *
                               static_cast<std::size_t>(page->texture.height));
    pages_.push_back(std::move(page));
    return *pages_.back();
}

void Atlas::begin_frame() {
    ++frame_;
    if (pages_.size() > pages_max_)
        gather();
}

void Atlas::gather() {
    wipe();
    pages_.resize(pages_soft_max);
    gathered_ = frame_;
}

AtlasSlot Atlas::add(int w, int h, std::function<void(std::uint8_t*, int)> const& fill) {
    ++version_;
    AtlasSlot slot;
    auto const try_page = [&](std::size_t index) {
        if (!place(*pages_[index], w, h, slot))
            return false;
        slot.page = static_cast<int>(index);
        return true;
    };
    bool placed = false;
    for (std::size_t i = pages_.size(); i > 0 && !placed; --i)
        placed = try_page(i - 1);
    if (!placed && pages_.size() >= pages_soft_max) {
        auto const oldest = std::min_element(pages_.begin(), pages_.end(), [](auto const& a, auto const& b) {
            return a->last_used < b->last_used;
        });
        if ((*oldest)->last_used != frame_) {
            clear(**oldest);
            placed = try_page(static_cast<std::size_t>(oldest - pages_.begin()));
        }
    }
    if (!placed) {
        new_page(w, h);
        try_page(pages_.size() - 1);
        // What does not fit on empty pages would not fit the next time either.
        if (gathered_ == frame_)
            pages_max_ = std::max(pages_max_, pages_.size());
    }
    auto& texture = pages_[static_cast<std::size_t>(slot.page)]->texture;
    fill(texture.alpha.data() + static_cast<std::ptrdiff_t>(slot.y) * texture.width + slot.x, texture.width);
    return slot;
}

void Atlas::wipe() {
    for (auto& page : pages_)
        clear(*page);
}

std::size_t Atlas::bytes_not_zero() const {
    std::size_t count = 0;
    for (auto const& page : pages_)
        count += static_cast<std::size_t>(std::count_if(
            page->texture.alpha.begin(), page->texture.alpha.end(), [](auto b) { return b != 0; }));
    return count;
}

} // namespace portico::ui
