#pragma once

#include "shared/storage/database.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <sys/types.h>

namespace portico::test {

/// A PostgreSQL server of this test process, on a Unix socket in a folder of its own; both go with the
/// process, however that ends. It runs as the user `postgres` when the tests run as root, as PostgreSQL wants
/// it.
class PostgresServer {
public:
    /// Started by the first who asks. Throws, which fails the test, when Debian's package `postgresql` is not
    /// installed.
    static PostgresServer& ours();
    PostgresServer(PostgresServer const&) = delete;
    PostgresServer& operator=(PostgresServer const&) = delete;
    ~PostgresServer();

    /// The address of a new, empty database: in UTF8 unless `encoding` is another; `language` ("en-US"):
    /// sorted as its speakers do.
    std::string new_database(std::string const& encoding = "UTF8", std::string const& language = "");
    /// A database that every server has, for what an administrator does.
    storage::Database administrator() const;
    /// Ends every connection to the database of `address`, as an administrator or a fail-over would.
    void cut_connections(std::string const& address) const;
    /// Whether a commit waits for a standby's word from now on. Put it back before the test ends.
    enum class Standby : std::uint8_t { None, OneThatIsAway };
    void want_standby(Standby standby) const;
    /// As an administrator may who sees commits hang; how many there were.
    std::int64_t end_waits_for_standby() const;
    /// Ends the server at once, as a power cut would, and starts it again over the same data.
    void crash_and_start_again();

private:
    PostgresServer();
    void start();
    void stop();
    std::string address(std::string const& database) const;

    std::filesystem::path folder_;
    pid_t process_ = -1;
    int databases_ = 0;
};

} // namespace portico::test
