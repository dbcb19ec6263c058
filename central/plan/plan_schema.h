#pragma once

#include "shared/base/result.h"
#include "shared/storage/database.h"

namespace portico::central {

/// Makes or brings up to date the tables of the plan's data (component "plan").
Result<void> migrate_plan(storage::Database& database);

} // namespace portico::central
