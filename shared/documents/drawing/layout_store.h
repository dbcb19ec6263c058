#pragma once

#include "shared/base/language.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <pango/pangocairo.h>
#include <string_view>
#include <unordered_map>

namespace portico::documents {

struct GObjectDelete {
    void operator()(void* object) const { g_object_unref(object); }
};

/// All that tells two layouts of one text apart, in one document.
struct LayoutLook {
    double size_pt = 0;
    double line_spacing = 1;
    int width = -1; ///< Pango units; below 0: one line
    std::uint16_t weight = 0;
    PangoAlignment alignment = PANGO_ALIGN_LEFT;
    bool identifier = false;
    bool operator==(LayoutLook const&) const = default;
};

/// The layouts of one document that nobody holds at the moment. Shaping text costs more than all else about a
/// letter, and most of it is wanted more than once: measured and then drawn, or the same amount in many rows.
/// One thread at a time.
class LayoutStore {
public:
    using Layout = std::unique_ptr<PangoLayout, GObjectDelete>;

    LayoutStore();

    PangoContext* context(Direction direction) const {
        return direction == Direction::RightToLeft ? right_to_left_.get() : left_to_right_.get();
    }
    /// One of this text and look that was given back, with its lines as it was left; nothing when there is
    /// none.
    Layout take(std::string_view text, LayoutLook const& look);
    /// Kept until it is taken or the document ends; let go when too many are kept.
    void give_back(LayoutLook const& look, Layout layout);

private:
    struct Kept {
        LayoutLook look;
        Layout layout;
    };

    // One a direction: changing it in a context would lay out anew what was laid out in it before.
    std::unique_ptr<PangoContext, GObjectDelete> left_to_right_, right_to_left_;
    std::unordered_multimap<std::size_t, Kept> kept_;
};

} // namespace portico::documents
