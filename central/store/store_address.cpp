#include "central/store/store_address.h"

#include "shared/storage/postgres/connect.h"

namespace portico::central {

Result<StoreAddress> StoreAddress::parse(std::string const& text, std::filesystem::path const& data) {
    if (text.empty())
        return StoreAddress(data / "central.db");
    return StoreAddress(TRY(storage::PostgresAddress::parse(text)));
}

Result<storage::Database> StoreAddress::connect(storage::OpenMode mode) const {
    if (auto const* postgres = server())
        return storage::connect_postgres(*postgres, mode);
    return storage::Database::open(std::get<std::filesystem::path>(place_), mode);
}

} // namespace portico::central
