#pragma once

#include "tests/support/process.h"

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <sys/types.h>

namespace portico::test {

/// Three machines with PostgreSQL, Patroni and etcd from Debian, set up as docs/operations.md says, with
/// shorter times. Each has an address of its own on loopback and the ports that these programs have anywhere;
/// everything is in one folder and goes with this object.
class PatroniCluster {
public:
    static constexpr int count = 3;
    static constexpr std::uint16_t postgres_port = 5432;
    static constexpr std::uint16_t patroni_port = 8008;

    /// Debian's packages are not here: the test that asks says so and is skipped. Where CI is set it fails.
    static bool missing();
    /// Whole when this returns.
    PatroniCluster();
    PatroniCluster(PatroniCluster const&) = delete;
    PatroniCluster& operator=(PatroniCluster const&) = delete;
    ~PatroniCluster();

    std::string host(int machine) const;
    /// A database of one machine's server, whether that is the primary or not.
    std::string address(int machine, std::string const& database) const;
    /// Which machine Patroni leads writers to; none between two.
    std::optional<int> primary() const;
    /// Waits for a primary that is not `former`.
    int wait_for_primary(std::optional<int> former = {}) const;
    /// Waits until all three are in step: a primary, a synchronous standby and another, all streaming.
    void wait_until_whole() const;

    /// The server's process alone; Patroni stays.
    void kill_postgres(int machine);
    /// All that runs there, at once.
    void kill_machine(int machine);
    void start_machine(int machine);
    /// Patroni stands still when this returns; its server goes on and knows nothing of it.
    void stop_patroni(int machine);
    void let_patroni_go_on(int machine);

private:
    struct Machine {
        std::optional<Process> etcd;
        std::optional<Process> patroni;
        int starts = 0;
    };
    std::filesystem::path folder(int machine) const;
    void write_configuration(int machine) const;
    void start_etcd(int machine, bool first);
    void start_patroni(int machine);
    /// Patroni's word on all of them; whom it reaches.
    std::string what_patroni_says() const;

    std::filesystem::path folder_;
    std::array<Machine, count> machines_;
};

} // namespace portico::test
