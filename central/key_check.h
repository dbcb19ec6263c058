#pragma once

#include "central/audit/audit_log.h"
#include "central/authority_files.h"
#include "central/store/store.h"
#include "central/store/vault.h"

namespace portico::central {

/// A database remembers by which keys it was written, as values that tell nothing of them. A node with others
/// would seal what nobody else can open, turn every terminal away, and find no member by name.
Result<void> migrate_key_check(storage::Database& database);
/// Errors: Conflict "keys_of_another": these are not the keys that the database was written with; the message
/// names the files.
Result<void> check_keys(Store& store, Vault const& vault, Identity const& identity, AuditLog const& audit);

} // namespace portico::central
