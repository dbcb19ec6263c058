#pragma once

#include "shared/storage/database.h"

namespace portico::central {

/// Tables of operations, card issues, contact changes, finding answers and the staff queue (component
/// "operations"). Safe to call again.
Result<void> migrate_operations(storage::Database& database);

} // namespace portico::central
