#pragma once

#include "shared/base/result.h"
#include "shared/storage/database.h"

namespace portico::central {

/// Makes or brings up to date the tables of releases, and of which terminal has and is to have which
/// (component "releases").
Result<void> migrate_releases(storage::Database& database);

} // namespace portico::central
