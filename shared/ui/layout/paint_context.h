#pragma once

#include "shared/ui/layout/element.h"

#include <string>
#include <vector>

namespace portico::ui {

/// Something that takes focus and presses.
struct Control {
    std::string id;
    Rect rect; // as drawn
    float radius = 0;
    Region region = Region::Body;
    int node = -1;
    bool disabled = false;
    bool safe = false;
    bool direct = false; // drawn as it stands (keypads)
};

struct ControlState {
    bool focused = false, pressed = false, hovered = false, disabled = false;
};

/// What painting needs: where the flow stands on the screen, the ink of the ground below, and the nodes so
/// far.
class PaintContext {
public:
    PaintContext(Core& core_in, Painter& painter_in, SemanticFrame& frame_in, LayoutContext& layout_in,
                 int layer_in)
        : core(core_in), painter(painter_in), frame(frame_in), layout(layout_in), layer(layer_in) {}

    Core& core;
    Painter& painter;
    SemanticFrame& frame;
    LayoutContext& layout;
    int layer;
    Region region = Region::Body;

    // The window onto the flow: flow y in [from, to) is shown, moved by `dy`.
    float from = -1e9F, to = 1e9F, dy = 0;
    // Screen y that boxes cut by the window reach to.
    float clip_top = -1e9F, clip_bottom = 1e9F;

    Color ground, ink, ink_2;
    int parent = -1;
    /// Node that texts without a node of their own belong to.
    int owner = -1;

    bool shown(Rect const& flow) const {
        float const middle = flow.y + flow.h / 2;
        return middle >= from && middle < to;
    }
    bool overlaps(Rect const& flow) const { return flow.bottom() > from && flow.y < to; }
    Rect on_screen(Rect flow) const { return flow.moved(0, dy); }

    /// Adds a node under the current parent; fills layer and language. Returns its index.
    int add(Node node, Rect screen_rect);
    Node* owner_node();
    void add_run(Rect screen_rect, Color text, float size_px);

    /// Makes `id` pressable at `screen_rect` and tells how it stands. `node` is its node's index.
    ControlState control(std::string const& id, Rect screen_rect, float radius, int node, bool disabled,
                         bool safe = false);

    void set_tone(Tone const& tone) {
        ground = tone.ground;
        ink = ink_2 = tone.ink;
    }
};

/// Puts ground, ink, parent and window back at the end of a scope.
class PaintScope {
public:
    explicit PaintScope(PaintContext& context)
        : context_(context), ground_(context.ground), ink_(context.ink), ink_2_(context.ink_2),
          parent_(context.parent), owner_(context.owner), clip_top_(context.clip_top),
          clip_bottom_(context.clip_bottom) {}
    ~PaintScope() {
        context_.ground = ground_;
        context_.ink = ink_;
        context_.ink_2 = ink_2_;
        context_.parent = parent_;
        context_.owner = owner_;
        context_.clip_top = clip_top_;
        context_.clip_bottom = clip_bottom_;
    }
    PaintScope(PaintScope const&) = delete;
    PaintScope& operator=(PaintScope const&) = delete;

private:
    PaintContext& context_;
    Color ground_, ink_, ink_2_;
    int parent_, owner_;
    float clip_top_, clip_bottom_;
};

/// While it lives, elements placed on the screen (not in the flow) are painted where they stand.
class OnScreen {
public:
    explicit OnScreen(PaintContext& context)
        : context_(context), from_(context.from), to_(context.to), dy_(context.dy) {
        context.from = -1e9F;
        context.to = 1e9F;
        context.dy = 0;
    }
    ~OnScreen() {
        context_.from = from_;
        context_.to = to_;
        context_.dy = dy_;
    }
    OnScreen(OnScreen const&) = delete;
    OnScreen& operator=(OnScreen const&) = delete;

private:
    PaintContext& context_;
    float from_, to_, dy_;
};

} // namespace portico::ui
