#pragma once

#include "shared/base/result.h"
#include "shared/storage/database.h"

#include <cstdint>
#include <string_view>

namespace portico::central {

/// A counter row for each feed. Counting inside the writer's transaction, never by an identity column: a row
/// that commits late would be skipped for ever by a reader that has seen a higher one.
Result<void> migrate_counters(storage::Database& database);
/// The next number of `feed`, from 1, inside the caller's write transaction.
Result<std::int64_t> next_count(storage::Database& database, std::string_view feed);
/// The last number given; 0 when none was.
Result<std::int64_t> last_count(storage::Database& database, std::string_view feed);

} // namespace portico::central
