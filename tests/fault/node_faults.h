#pragma once

#include "tests/fault/nodes.h"

#include <functional>
#include <vector>

namespace portico::test {

/// What befalls one node while the others go on, and how it ends.
struct NodeFault {
    char const* what;
    std::function<void(Nodes&, int node)> begin;
    std::function<void(Nodes&, int node)> end;
};

inline std::vector<NodeFault> node_faults() {
    return {{"killed", [](Nodes& nodes, int node) { nodes.kill(node); },
             [](Nodes& nodes, int node) { nodes.start(node); }},
            {"stopped", [](Nodes& nodes, int node) { nodes.stop(node); },
             [](Nodes& nodes, int node) { nodes.go_on(node); }},
            {"cut off from its terminals", [](Nodes& nodes, int node) { nodes.cut_off(node); },
             [](Nodes& nodes, int node) { nodes.connect(node); }},
            {"cut off from the database", [](Nodes& nodes, int node) { nodes.lock_out(node); },
             [](Nodes& nodes, int node) { nodes.let_in(node); }}};
}

} // namespace portico::test
