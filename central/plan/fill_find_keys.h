#pragma once

#include "central/plan/find_keys.h"
#include "central/store/store.h"
#include "shared/storage/database.h"

namespace portico::central {

/// Binds the four keys from parameter `from` on.
void bind_find_keys(storage::Statement& statement, int from, FindKeys const& keys);

/// Makes the keys of up to `members_max` members whom a program wrote that did not know of them; a record
/// that does not open gets none. How many there were: 0 when all is done. Several nodes may do so at once.
Result<int> fill_find_keys(Store& store, Vault const& vault, int members_max = 500);

} // namespace portico::central
