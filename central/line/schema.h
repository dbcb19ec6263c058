#pragma once

#include "shared/base/result.h"
#include "shared/storage/database.h"

namespace portico::central {

/// Makes or brings up to date the tables of the waiting line (component "line").
Result<void> migrate_line(storage::Database& database);

} // namespace portico::central
