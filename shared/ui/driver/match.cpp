#include "shared/ui/driver/match.h"

namespace portico::ui {
namespace {

bool is(std::optional<std::string> const& wanted, std::string const& found) {
    return !wanted || *wanted == found;
}

bool lies_in(SemanticFrame const& frame, Node const& node, std::string const& within) {
    for (int at = node.parent; at >= 0;) {
        auto const& outer = frame.nodes[static_cast<std::size_t>(at)];
        if (outer.id == within || outer.msg == within || outer.key == within || outer.label == within)
            return true;
        at = outer.parent;
    }
    return false;
}

} // namespace

std::vector<std::size_t> find_nodes(SemanticFrame const& frame, NodeQuery const& query) {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < frame.nodes.size(); ++i) {
        auto const& node = frame.nodes[i];
        bool const same = (!query.role || *query.role == node.role) && is(query.id, node.id) &&
                          is(query.msg, node.msg) && is(query.label, node.label) &&
                          is(query.value, node.value) && is(query.key, node.key);
        if (same && (!query.within || lies_in(frame, node, *query.within)))
            out.push_back(i);
    }
    return out;
}

} // namespace portico::ui
