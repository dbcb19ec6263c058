#pragma once

#include "shared/storage/database.h"
#include "shared/storage/postgres/address.h"

namespace portico::storage {

/// A connection to a PostgreSQL server's primary. The database must be in UTF8; a commit is on disk when it
/// returns (synchronous_commit is set, and read back). A lost connection fails the call that meets it, as
/// Unavailable "database_unavailable", and is opened again for the next; what only reads, or has not begun to
/// write, is tried once more by itself. A commit cut off in the middle may have been kept, and so may one
/// that its standby has not confirmed (Unavailable "commit_unconfirmed"): callers' writes are idempotent.
/// Connects at once. Errors: Unavailable "database_unavailable" with what to look at; InvalidInput
/// "database_encoding"; Unavailable "database_not_durable".
Result<Database> connect_postgres(PostgresAddress const& address, OpenMode mode = OpenMode::ReadWrite);

} // namespace portico::storage
