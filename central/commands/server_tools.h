#pragma once

#include "shared/base/result.h"
#include "shared/storage/postgres/address.h"

#include <filesystem>

namespace portico::central {

/// PostgreSQL's own programs copy its databases; Debian has them in `postgresql-client`. Their words go to
/// our standard error. A password is handed over in the environment, never in the list of arguments, which
/// others can read.

/// Copies the whole database as of one moment to `file`, while others go on; complete or absent.
/// Errors: Unavailable "server_tool_missing", "backup_failed".
Result<void> dump_database(storage::PostgresAddress const& address, std::filesystem::path const& file);
/// Fills an empty database from `file`, all of it or nothing.
/// Errors: Unavailable "server_tool_missing", "restore_failed".
Result<void> fill_database(storage::PostgresAddress const& address, std::filesystem::path const& file);

} // namespace portico::central
