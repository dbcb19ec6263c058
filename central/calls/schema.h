#pragma once

#include "shared/base/result.h"
#include "shared/storage/database.h"

namespace portico::central {

/// Makes or brings up to date the tables of calls that ring (component "calls").
Result<void> migrate_calls(storage::Database& database);

} // namespace portico::central
