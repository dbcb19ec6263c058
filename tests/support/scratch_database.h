#pragma once

#include "shared/storage/database.h"
#include "shared/storage/postgres/connect.h"
#include "tests/support/postgres_server.h"
#include "tests/support/scratch_folder.h"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <utility>

namespace portico::test {

enum class StoreEngine : std::uint8_t { Sqlite, Postgres };

/// What tests run on that are not themselves written for both: SQLite, or what PORTICO_TEST_STORE says. The
/// same test programs are listed twice for ctest (tests/CMakeLists.txt).
inline StoreEngine engine_of_this_run() {
    char const* const wish = std::getenv("PORTICO_TEST_STORE");
    return wish != nullptr && std::string(wish) == "postgres" ? StoreEngine::Postgres : StoreEngine::Sqlite;
}

/// An empty database for one test.
class ScratchDatabase {
public:
    explicit ScratchDatabase(StoreEngine engine = engine_of_this_run())
        : server_address_(engine == StoreEngine::Postgres ? PostgresServer::ours().new_database() : "") {}

    /// An empty database of a server that the test has started itself.
    explicit ScratchDatabase(std::string server_address) : server_address_(std::move(server_address)) {}

    StoreEngine engine() const {
        return server_address_.empty() ? StoreEngine::Sqlite : StoreEngine::Postgres;
    }
    /// Empty when it is a SQLite file.
    std::string const& server_address() const { return server_address_; }
    std::filesystem::path folder() const { return folder_.path; }
    std::filesystem::path file() const { return folder_.path / "central.db"; }

    Result<storage::Database> try_connect(storage::OpenMode mode = storage::OpenMode::ReadWrite) const {
        if (server_address_.empty())
            return storage::Database::open(file(), mode);
        return storage::connect_postgres(storage::PostgresAddress::parse(server_address_).value(), mode);
    }
    storage::Database connect(storage::OpenMode mode = storage::OpenMode::ReadWrite) const {
        return try_connect(mode).value();
    }

private:
    ScratchFolder folder_;
    std::string server_address_;
};

} // namespace portico::test
