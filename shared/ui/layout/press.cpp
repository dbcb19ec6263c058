#include "shared/ui/layout/press.h"

namespace portico::ui {

void Press::paint(PaintContext& context) {
    if (!context.shown(rect_))
        return;
    PaintScope const scope(context);
    Rect const r = context.on_screen(rect_);
    Node said = press_node;
    said.interactive = true;
    said.states.disabled = said.states.disabled || off;
    int const index = context.add(std::move(said), r);
    auto const state = context.control(id, r, press_look.radius, index, off, safe);
    bool const lit = state.pressed && !quiet_press;
    Tone const now = off   ? context.painter.theme().color.disabled
                     : lit ? press_look.pressed
                           : press_look.rest;
    BoxLook look;
    look.fill = now.ground;
    look.edge = now.edge;
    look.stroke = press_look.stroke;
    if (press_look.stroke <= 0)
        look.edge.a = 0;
    look.radius = press_look.radius;
    look.corners = press_look.corners;
    look.shadow = press_look.shadow && !off;
    paint_ground(context, r, look);
    context.ground = now.ground;
    context.ink = context.painter.theme().color.ink;
    context.ink_2 = context.painter.theme().color.ink_2;
    if (press_look.tone_text || off || lit)
        context.ink = context.ink_2 = now.ink;
    context.parent = context.owner = index;
    // NOLINTNEXTLINE(bugprone-parent-virtual-call): its own ground is painted, and Box's would lie over it
    Container::paint(context);
}

} // namespace portico::ui
