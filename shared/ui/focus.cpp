#include "shared/ui/core.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace portico::ui {
namespace {

/// Body first of all: a person who comes with keys wants the screen's own controls before the bars.
std::vector<Control const*> in_order(std::vector<Control> const& controls) {
    std::vector<Control const*> out;
    out.reserve(controls.size());
    for (auto const& control : controls)
        out.push_back(&control);
    std::stable_sort(out.begin(), out.end(),
                     [](Control const* a, Control const* b) { return a->region < b->region; });
    return out;
}

std::optional<std::size_t> index_of(std::vector<Control const*> const& controls, std::string const& id) {
    for (std::size_t i = 0; i < controls.size(); ++i)
        if (controls[i]->id == id)
            return i;
    return std::nullopt;
}

enum class Way : std::uint8_t { Up, Down, Left, Right };

/// How far `to` is from `from` that way; nothing when it lies elsewhere. Sideways distance counts double, so
/// that keys follow rows and columns.
std::optional<float> distance(Rect const& from, Rect const& to, Way way) {
    bool const vertical = way == Way::Up || way == Way::Down;
    float gap = 0;
    if (way == Way::Down)
        gap = to.y - from.bottom();
    else if (way == Way::Up)
        gap = from.y - to.bottom();
    else if (way == Way::Right)
        gap = to.x - from.right();
    else
        gap = from.x - to.right();
    float const allowed_overlap = -std::min(vertical ? from.h : from.w, vertical ? to.h : to.w) / 2;
    if (gap < allowed_overlap)
        return std::nullopt;
    float const a0 = vertical ? from.x : from.y;
    float const a1 = vertical ? from.right() : from.bottom();
    float const b0 = vertical ? to.x : to.y;
    float const b1 = vertical ? to.right() : to.bottom();
    float const aside = std::max({0.0F, b0 - a1, a0 - b1});
    if (!vertical && aside > 0)
        return std::nullopt;
    float const centers = std::abs((a0 + a1) - (b0 + b1)) / 2;
    return std::max(0.0F, gap) + 2 * aside + centers * 0.1F;
}

Control const* nearest(std::vector<Control> const& controls, Control const& from, Way way) {
    Control const* best = nullptr;
    float best_distance = 0;
    for (auto const& control : controls) {
        if (control.id == from.id)
            continue;
        auto const d = distance(from.rect, control.rect, way);
        if (d && (best == nullptr || *d < best_distance)) {
            best = &control;
            best_distance = *d;
        }
    }
    return best;
}

} // namespace

namespace {

/// Moves the focus for one frame's controls.
class FocusMove {
public:
    explicit FocusMove(Core& core) : core_(core), order_(in_order(core.controls)) {}

    void to(Control const& control) {
        core_.focus = control.id;
        core_.focus_visible = true;
        core_.shown_for = control.id;
        core_.again = true;
    }

    void first() {
        for (auto const* control : order_)
            if (control->region != Region::Top)
                return to(*control);
        if (!order_.empty())
            to(*order_.front());
    }

    void step(bool forward) {
        auto const at = index_of(order_, core_.focus);
        if (!at)
            return first();
        auto const count = order_.size();
        auto const next = forward ? (*at + 1) % count : (*at + count - 1) % count;
        if (turn_page(*order_[*at], *order_[next], forward))
            return;
        to(*order_[next]);
    }

    void arrow(Way way) {
        auto const at = index_of(order_, core_.focus);
        if (!at)
            return first();
        Control const& from = *order_[*at];
        auto const* next = nearest(core_.controls, from, way);
        bool const vertical = way == Way::Up || way == Way::Down;
        if (vertical && next != nullptr && turn_page(from, *next, way == Way::Down))
            return;
        if (next != nullptr)
            to(*next);
        else if (vertical)
            step(way == Way::Down);
    }

private:
    /// Past the last control of a page the next page opens, and likewise back.
    bool turn_page(Control const& from, Control const& next, bool forward) {
        if (from.region != Region::Body || next.region == Region::Body)
            return false;
        // While one types, the page stays with its field: the way on is through the keyboard's keys.
        bool const keyboard_next = std::any_of(order_.begin(), order_.end(), [](Control const* control) {
            return control->region == Region::Keyboard;
        });
        if (keyboard_next)
            return false;
        auto const& frame = core_.frame;
        int const wanted = frame.page + (forward ? 1 : -1);
        if (wanted < 1 || wanted > frame.pages)
            return false;
        core_.pages[core_.tree.dialog ? core_.tree.dialog->id : core_.screen] = wanted - 1;
        core_.want_body_focus = forward;
        core_.want_last_focus = !forward;
        core_.focus_visible = true;
        core_.again = true;
        return true;
    }

    Core& core_;
    std::vector<Control const*> order_;
};

} // namespace

void Core::activated(Control const& control) {
    again = true;
    focus = control.id;
    bool const key_of_keyboard = control.region == Region::Keyboard || control.id.rfind("key:", 0) == 0;
    if (control.disabled)
        return;
    auto const known = internal.find(control.id);
    bool const is_field =
        std::any_of(fields.begin(), fields.end(), [&](auto const& f) { return f.id == control.id; });
    if (is_field) {
        start_editing(control.id, true);
        return;
    }
    if (keyboard_open && !key_of_keyboard)
        stop_editing();
    if (known != internal.end())
        known->second();
    else
        activation = Activation{control.id, -1, {}};
}

void Core::handle_text(std::string const& text_typed) {
    bool const known_editing = editing_field() != nullptr;
    std::string target = known_editing ? editing : "";
    // Who has gone on to another field with the keys types into that one.
    if (target.empty() || focus_visible)
        for (auto const& field : fields)
            if (field.id == focus)
                target = field.id;
    if (target.empty() && text_typed == " ") {
        handle_key(Key::Select);
        return;
    }
    if (target.empty())
        return;
    if (target != editing)
        start_editing(target, false);
    // Who types is at that field: select goes on with what was typed, and does not press what had the focus
    // before.
    focus = target;
    focus_visible = false;
    activation = Activation{target, -1, Edit{Edit::Kind::Insert, Secret(text_typed)}};
    again = true;
}

void Core::handle_key(Key pressed) {
    std::string const focus_before = settings.scan.on ? focus : std::string();
    move_by_key(pressed);
    // Keys beside the switches: the highlight goes along.
    if (settings.scan.on && focus != focus_before)
        scan = {focus, true};
}

void Core::move_by_key(Key pressed) {
    bool const on_field = editing_field() != nullptr && (!focus_visible || focus == editing);
    auto const edit = [&](Edit::Kind kind) {
        activation = Activation{editing, -1, Edit{kind, {}}};
        again = true;
    };
    FocusMove move(*this);
    // Past the ends of a text of several lines the arrows lead on, as from any control.
    bool const has_lines = on_field && editing_field()->lines > 1;
    auto const leads_out = [&](bool down) {
        for (auto const& node : frame.nodes)
            if (node.id == editing)
                return down ? caret >= node.value.size() : caret == 0;
        return true;
    };
    switch (pressed) {
    case Key::Tab:
        return move.step(true);
    case Key::ShiftTab:
        return move.step(false);
    case Key::Up:
        return has_lines && !leads_out(false) ? edit(Edit::Kind::Up) : move.arrow(Way::Up);
    case Key::Down:
        return has_lines && !leads_out(true) ? edit(Edit::Kind::Down) : move.arrow(Way::Down);
    case Key::Left:
        return on_field && !editing_field()->secret ? edit(Edit::Kind::Left) : move.arrow(Way::Left);
    case Key::Right:
        return on_field && !editing_field()->secret ? edit(Edit::Kind::Right) : move.arrow(Way::Right);
    case Key::Backspace:
        return editing_field() != nullptr ? edit(Edit::Kind::Backspace) : void();
    case Key::Delete:
        return on_field ? edit(Edit::Kind::Delete) : void();
    case Key::Home:
        return on_field ? edit(Edit::Kind::Home) : void();
    case Key::End:
        return on_field ? edit(Edit::Kind::End) : void();
    case Key::Escape:
        if (keyboard_open)
            return stop_editing();
        break;
    case Key::PageUp:
    case Key::PageDown: {
        auto const found = internal.find(pressed == Key::PageUp ? "ui.page.up" : "ui.page.down");
        bool const can = pressed == Key::PageUp ? frame.page > 1 : frame.page < frame.pages;
        if (found != internal.end() && can) {
            // The keyboard would hold the page at its field.
            if (keyboard_open)
                stop_editing();
            found->second();
            // What has the focus stays behind on its page, and does not pull it back.
            shown_for = focus;
            again = true;
        }
        return;
    }
    default:
        break;
    }
    // What is no key of the library's belongs to the screen.
    if (pressed != Key::Select) {
        activation = Activation{shortcut_id(pressed), -1, {}};
        again = true;
        return;
    }
    bool const desk = settings.density == Density::Desk;
    if (has_lines && desk && focus == editing) {
        activation = Activation{editing, -1, Edit{Edit::Kind::Insert, Secret("\n")}};
        again = true;
        return;
    }
    if (on_field && (keyboard_open || (desk && focus == editing))) {
        edit(Edit::Kind::Submit);
        keyboard_open = false;
        return;
    }
    auto const control =
        std::find_if(controls.begin(), controls.end(), [&](Control const& c) { return c.id == focus; });
    if (control != controls.end() && focus_visible) {
        bool const is_field =
            std::any_of(fields.begin(), fields.end(), [&](auto const& f) { return f.id == focus; });
        activated(*control);
        focus_visible = true;
        // With keys alone one goes on to the keys of the keyboard.
        if (is_field && keyboard_open)
            want_body_focus = false;
        return;
    }
    if (editing_field() != nullptr)
        edit(Edit::Kind::Submit);
}

} // namespace portico::ui
