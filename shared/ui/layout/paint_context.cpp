#include "shared/ui/layout/paint_context.h"

#include "shared/ui/core.h"

#include <imgui.h>

#include <algorithm>

namespace portico::ui {

int PaintContext::add(Node node, Rect screen_rect) {
    node.rect = painter.mapped(screen_rect);
    node.clip = node.rect;
    node.layer = layer;
    node.parent = parent;
    if (!node.id.empty() && !core.ids.insert(node.id).second)
        core.problems.push_back("the id stands twice: " + node.id);
    if (node.role == Role::Field) {
        for (auto const& run : core.label_runs) {
            float const right = std::max(node.clip.right(), run.rect.right());
            float const bottom = std::max(node.clip.bottom(), run.rect.bottom());
            node.clip.x = std::min(node.clip.x, run.rect.x);
            node.clip.y = std::min(node.clip.y, run.rect.y);
            node.clip.w = right - node.clip.x;
            node.clip.h = bottom - node.clip.y;
        }
        node.runs = std::move(core.label_runs);
        core.label_runs.clear();
    }
    frame.nodes.push_back(std::move(node));
    return static_cast<int>(frame.nodes.size()) - 1;
}

Node* PaintContext::owner_node() {
    return owner < 0 ? nullptr : &frame.nodes[static_cast<std::size_t>(owner)];
}

void PaintContext::add_run(Rect screen_rect, Color text, float size_px) {
    Node::TextRun const run{painter.mapped(screen_rect), text, ground, size_px};
    if (auto* node = owner_node())
        node->runs.push_back(run);
    else if (!core.label_runs_for.empty())
        core.label_runs.push_back(run);
    else
        core.problems.emplace_back("a text belongs to no node");
}

ControlState PaintContext::control(std::string const& id, Rect screen_rect, float radius, int node,
                                   bool disabled, bool safe) {
    Rect const r = painter.mapped(screen_rect);
    ImGui::SetCursorScreenPos({r.x, r.y});
    ImGui::PushID(id.c_str());
    bool const used =
        ImGui::InvisibleButton("", {std::max(1.0F, r.w), std::max(1.0F, r.h)}) && core.finger.may_press(id);
    ControlState state;
    state.hovered = ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem);
    state.pressed = ImGui::IsItemActive() && state.hovered && !disabled && core.finger.may_press(id);
    ImGui::PopID();
    state.disabled = disabled;
    state.focused = core.focus == id;
    frame.nodes[static_cast<std::size_t>(node)].region = region;
    auto& states = frame.nodes[static_cast<std::size_t>(node)].states;
    states.hovered = state.hovered;
    states.pressed = state.pressed;
    states.focused = state.focused;
    states.disabled = disabled;
    Control control{id, r, radius, region, node, disabled, safe, false};
    if (used) {
        core.finger.acted();
        core.activated(control);
    }
    core.controls.push_back(std::move(control));
    return state;
}

} // namespace portico::ui
