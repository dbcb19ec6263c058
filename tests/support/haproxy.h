#pragma once

#include "tests/support/process.h"
#include "tests/support/scratch_folder.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace portico::test {

/// HAProxy as docs/operations.md sets it up: TLS goes through, each node is asked on its health address.
class HaProxy {
public:
    struct Node {
        std::uint16_t port = 0;
        std::uint16_t health_port = 0;
    };

    /// Debian's package is not here: the test that asks says so and is skipped. Where CI is set it fails.
    static bool missing();
    explicit HaProxy(std::vector<Node> const& nodes);

    std::uint16_t port() const { return port_; }
    /// How many nodes it sends terminals to now.
    int nodes_up() const;
    /// Waits until so many are; fails the test when that takes too long.
    void wait_for_up(int count) const;

private:
    ScratchFolder folder_;
    std::uint16_t port_ = 0;
    std::optional<Process> process_;
};

} // namespace portico::test
