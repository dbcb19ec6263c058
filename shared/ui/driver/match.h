#pragma once

#include "shared/ui/frame.h"

#include <optional>
#include <string>
#include <vector>

namespace portico::ui {

/// What a request says about a node; what is not given matches everything.
struct NodeQuery {
    std::optional<Role> role;
    std::optional<std::string> id, msg, label, value, key;
    /// Id, message, key or label of a node that it lies in.
    std::optional<std::string> within;
    bool any() const { return role || id || msg || label || value || key; }
};

/// Indexes of the nodes that match.
std::vector<std::size_t> find_nodes(SemanticFrame const& frame, NodeQuery const& query);

} // namespace portico::ui
