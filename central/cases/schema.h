#pragma once

#include "shared/base/result.h"
#include "shared/storage/database.h"

namespace portico::central {

/// Makes or brings up to date the tables of cases (component "cases").
Result<void> migrate_cases(storage::Database& database);

} // namespace portico::central
