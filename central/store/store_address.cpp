#include "central/store/store_address.h"

#include "shared/storage/postgres/connect.h"

namespace portico::central {

namespace {
/// People are found by hashes, so that rows of an import fall all over the file: with SQLite's 2 MB of pages
/// and a checkpoint each 4 MB most pages are read and written many times over. 64 MiB and 32 MiB.
constexpr char const* room_to_write = "PRAGMA cache_size=-65536; PRAGMA wal_autocheckpoint=8192;";
} // namespace

Result<StoreAddress> StoreAddress::parse(std::string const& text, std::filesystem::path const& data) {
    if (text.empty())
        return StoreAddress(data / "central.db");
    return StoreAddress(TRY(storage::PostgresAddress::parse(text)));
}

Result<storage::Database> StoreAddress::connect(storage::OpenMode mode) const {
    if (auto const* postgres = server())
        return storage::connect_postgres(*postgres, mode);
    auto database = TRY(storage::Database::open(std::get<std::filesystem::path>(place_), mode));
    if (mode == storage::OpenMode::ReadWrite)
        TRY(database.execute(room_to_write));
    return database;
}

} // namespace portico::central
