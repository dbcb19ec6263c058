#pragma once

#include "central/store/store_address.h"

#include <filesystem>
#include <string>

namespace portico::central {

/// What --data and --database name. The folder holds keys, settings and, unless a server does, the data.
struct DataPlace {
    DataPlace(std::filesystem::path data_folder, std::string database_address = {})
        : folder(std::move(data_folder)), database(std::move(database_address)) {}

    std::filesystem::path folder;
    std::string database; ///< empty: what the folder's settings say

    /// `database_of_settings`: central.toml's `database`, empty for the SQLite file of the folder.
    /// Errors: InvalidInput "database_address".
    Result<StoreAddress> store(std::string const& database_of_settings) const {
        return StoreAddress::parse(database.empty() ? database_of_settings : database, folder);
    }
};

} // namespace portico::central
