#pragma once

#include "shared/base/result.h"
#include "shared/storage/database.h"
#include "shared/storage/postgres/address.h"

#include <filesystem>
#include <string>
#include <variant>

namespace portico::central {

/// Where central's data is: a SQLite file, or a database of a PostgreSQL server, which several nodes may
/// share.
class StoreAddress {
public:
    /// The SQLite file `central.db` of a data folder is `data / "central.db"`.
    StoreAddress(std::filesystem::path file) : place_(std::move(file)) {}
    StoreAddress(storage::PostgresAddress server) : place_(std::move(server)) {}

    /// `text` is a PostgreSQL address, or empty for the SQLite file of the data folder. Errors: InvalidInput
    /// "database_address".
    static Result<StoreAddress> parse(std::string const& text, std::filesystem::path const& data);

    /// A connection of its own. Errors: those of Database::open or connect_postgres.
    Result<storage::Database> connect(storage::OpenMode mode = storage::OpenMode::ReadWrite) const;

    /// Nothing when it is a SQLite file.
    storage::PostgresAddress const* server() const { return std::get_if<storage::PostgresAddress>(&place_); }

private:
    std::variant<std::filesystem::path, storage::PostgresAddress> place_;
};

} // namespace portico::central
