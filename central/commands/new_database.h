#pragma once

#include "central/store/store_address.h"

namespace portico::central {

/// Before anything is made in it: the server answers, and its database is empty. A SQLite file is always
/// well: who makes one looks at its folder. Errors: those of StoreAddress::connect; Conflict
/// "database_in_use".
Result<void> check_new_database(StoreAddress const& address);

} // namespace portico::central
