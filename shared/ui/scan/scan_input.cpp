#include "shared/ui/core.h"

#include <algorithm>

namespace portico::ui {

bool Core::take_switch(InputEvent const& event) {
    auto const which = switch_of(settings.scan.keys, event);
    bool const begins = which == Switch::Next && !settings.scan.on && tree.begun &&
                        tree.spec.switches_begin && !focus_visible && editing.empty();
    if (!which || (!settings.scan.on && !begins))
        return false;
    auto const* key_event = std::get_if<KeyPressed>(&event);
    auto const* text_event = std::get_if<TextTyped>(&event);
    // Who cannot let go quickly presses once, however long.
    if ((key_event != nullptr && key_event->repeated) || (text_event != nullptr && text_event->repeated))
        return true;
    auto const now = clock.monotonic();
    if (switch_counted_at && now - *switch_counted_at < std::chrono::milliseconds(settings.scan.hold_off_ms))
        return true;
    switch_counted_at = now;
    if (begins)
        activation = Activation{switches_begin_id, -1, {}};
    else
        pressed_switch = settings.scan.every_ms > 0 ? Switch::Select : *which;
    return true;
}

void Core::press_switch(Switch which) {
    again = true;
    if (settings.scan.every_ms > 0)
        scan_moves_at = clock.monotonic() + std::chrono::milliseconds(settings.scan.every_ms);
    if (which == Switch::Next) {
        scan = scan_next(frame, scan);
        return;
    }
    auto choice = scan_select(frame, scan);
    scan = std::move(choice.position);
    auto const control = std::find_if(controls.begin(), controls.end(),
                                      [&](Control const& each) { return each.id == choice.press; });
    if (control != controls.end()) {
        std::string typed_into = editing;
        activated(*control);
        // "Done" closes the keyboard: on with what comes after the field.
        if (!typed_into.empty() && editing.empty() && scan.control.empty())
            scan.control = typed_into;
        wipe(typed_into);
    }
    wipe(choice.press); // may be a key of the screen's data
}

void Core::scan_by_itself() {
    if (!settings.scan.on || settings.scan.every_ms == 0) {
        scan_moves_at.reset();
        return;
    }
    auto const now = clock.monotonic();
    if (scan_moves_at && now < *scan_moves_at)
        return;
    if (scan_moves_at)
        scan = scan_next(frame, scan);
    scan_moves_at = now + std::chrono::milliseconds(settings.scan.every_ms);
}

void Core::settle_scan() {
    if (!settings.scan.on)
        return;
    scan = scan_settle(frame, scan);
    auto const lit = scan_lit(frame, scan);
    std::string const now = lit.size() == 1 ? frame.nodes[lit.front()].id : std::string();
    if (focus == now && focus_visible)
        return;
    // The focus stands on the one control that is lit: what follows the focus (ring, speech) follows the
    // scan.
    focus = shown_for = now;
    focus_visible = true;
    again = true;
}

Node Core::scan_node(ScanGroup const& lit) {
    Node const& first = frame.nodes[lit.front()];
    Node const& last = frame.nodes[lit.back()];
    auto const count = static_cast<std::int64_t>(lit.size());
    Msg const words = lit.size() == 2 ? "ui.scan.pair"_msg : "ui.scan.group"_msg;
    Node node =
        node_of(Role::Group,
                words.with("count", count).with("first", data(first.label)).with("last", data(last.label)));
    node.id = "ui.scan@" + first.id; // another group is another thing that has the focus
    node.holds_data = first.holds_data || last.holds_data;
    node.parent = first.parent; // keys of a keyboard: which they are may be a secret
    node.layer = first.layer;
    node.states.focused = true;
    node.rect = first.rect;
    for (std::size_t const index : lit) {
        Rect const& r = frame.nodes[index].rect;
        float const right = std::max(node.rect.right(), r.right());
        float const bottom = std::max(node.rect.bottom(), r.bottom());
        node.rect.x = std::min(node.rect.x, r.x);
        node.rect.y = std::min(node.rect.y, r.y);
        node.rect.w = right - node.rect.x;
        node.rect.h = bottom - node.rect.y;
    }
    node.clip = node.rect;
    return node;
}

} // namespace portico::ui
