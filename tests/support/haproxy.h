#pragma once

#include "tests/support/process.h"
#include "tests/support/scratch_folder.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace portico::test {

/// HAProxy as docs/operations.md sets it up, before central's nodes (TLS goes through, each is asked on its
/// health address) or before database servers (Patroni is asked which of them is the primary).
class HaProxy {
public:
    struct Node {
        std::uint16_t port = 0;
        std::uint16_t health_port = 0;
        std::string host = "127.0.0.1";
    };
    enum class Before : std::uint8_t { Central, Databases };

    /// Debian's package is not here: the test that asks says so and is skipped. Where CI is set it fails.
    static bool missing();
    /// Returns when all nodes are up; of databases, when the primary is.
    explicit HaProxy(std::vector<Node> const& nodes, Before what = Before::Central);

    std::uint16_t port() const { return port_; }
    /// How many nodes it leads to now.
    int nodes_up() const;
    /// Waits until so many are; fails the test when that takes too long.
    void wait_for_up(int count) const;

private:
    ScratchFolder folder_;
    std::uint16_t port_ = 0;
    std::optional<Process> process_;
};

} // namespace portico::test
