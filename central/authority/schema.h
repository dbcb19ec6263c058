#pragma once

#include "shared/base/result.h"
#include "shared/storage/database.h"

namespace portico::central {

/// Makes or brings up to date the tables of who may speak for whom (component "authority").
Result<void> migrate_authority(storage::Database& database);

} // namespace portico::central
