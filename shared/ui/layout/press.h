#pragma once

#include "shared/ui/core.h"
#include "shared/ui/layout/element.h"
#include "shared/ui/layout/paint_context.h"

#include <string>

namespace portico::ui {

/// How a control looks at rest and while pressed.
struct PressLook {
    Tone rest, pressed;
    float stroke = 0;
    float radius = 20;
    bool shadow = false;
    bool tone_text = true; ///< texts take the tone's ink; else they keep those of the surface
    Corners corners = Corners::All;
};

/// A box that takes focus and presses. Its words belong to its node.
class Press : public Box {
public:
    Press(Core& core, Node described, PressLook look, Padding padding)
        : Box(padding, {}), id(described.id), press_look(look), press_node(std::move(described)),
          core_(core) {
        whole = true;
    }
    void place(Rect rect) override {
        Box::place(rect);
        core_.where[id] = rect.y + rect.h / 2;
    }
    void paint(PaintContext& context) override;

    std::string id;
    PressLook press_look;
    Node press_node;
    bool off = false;
    bool safe = false;
    bool quiet_press = false; ///< does not light up (PIN keys)
    int described_by = -1;

private:
    Core& core_;
};

} // namespace portico::ui
