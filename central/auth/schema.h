#pragma once

#include "shared/storage/database.h"

namespace portico::central {

/// Tables of accounts, credentials, sessions, challenges and lockout (component "auth"). Safe to call again.
Result<void> migrate_auth(storage::Database& database);

} // namespace portico::central
