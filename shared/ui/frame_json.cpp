#include "shared/ui/frame.h"

#include <boost/json.hpp>

#include <cmath>

namespace portico::ui {
namespace {

boost::json::array rect_json(Rect const& r, float zoom) {
    return {std::lround(r.x * zoom), std::lround(r.y * zoom), std::lround(r.w * zoom),
            std::lround(r.h * zoom)};
}

boost::json::array states_json(NodeStates const& s) {
    boost::json::array out;
    auto const add = [&](bool set, char const* word) {
        if (set)
            out.emplace_back(word);
    };
    add(s.focused, "focused");
    add(s.disabled, "disabled");
    add(s.pressed, "pressed");
    add(s.selected, "selected");
    add(s.busy, "busy");
    add(s.invalid, "invalid");
    add(s.hovered, "hovered");
    add(s.multi_line, "multi_line");
    return out;
}

boost::json::object node_json(Node const& n, float zoom) {
    boost::json::object out;
    out["id"] = n.id;
    out["role"] = name(n.role);
    out["msg"] = n.msg;
    if (!n.key.empty())
        out["key"] = n.key;
    out["label"] = n.label;
    if (!n.value.empty() && !n.sensitive)
        out["value"] = n.value;
    out["rect"] = rect_json(n.rect, zoom);
    out["states"] = states_json(n.states);
    out["layer"] = n.layer;
    out["parent"] = n.parent;
    out["described_by"] = n.described_by;
    out["language"] = n.language;
    if (n.live != Live::Off)
        out["live"] = n.live == Live::Polite ? "polite" : "assertive";
    if (n.sensitive)
        out["sensitive"] = true;
    if (n.interactive)
        out["interactive"] = true;
    if (n.level > 0)
        out["level"] = n.level;
    return out;
}

} // namespace

std::string to_json(SemanticFrame const& frame) {
    boost::json::object out;
    out["screen"] = frame.screen;
    out["language"] = frame.language;
    out["size"] = {std::lround(frame.size.w * frame.zoom), std::lround(frame.size.h * frame.zoom)};
    out["page"] = frame.page;
    out["pages"] = frame.pages;
    boost::json::array nodes;
    nodes.reserve(frame.nodes.size());
    for (auto const& node : frame.nodes)
        nodes.push_back(node_json(node, frame.zoom));
    out["nodes"] = std::move(nodes);
    boost::json::array problems;
    for (auto const& problem : frame.problems)
        problems.emplace_back(problem);
    out["problems"] = std::move(problems);
    return boost::json::serialize(out);
}

} // namespace portico::ui
