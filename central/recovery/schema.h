#pragma once

#include "shared/base/result.h"
#include "shared/storage/database.h"

namespace portico::central {

/// Makes or brings up to date the tables of recoveries (component "recovery").
Result<void> migrate_recovery(storage::Database& database);

} // namespace portico::central
