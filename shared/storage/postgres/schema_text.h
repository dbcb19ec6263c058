#pragma once

#include <string>
#include <string_view>

namespace portico::storage {

/// SQL as the callers write it, for PostgreSQL. The callers keep to what both engines read, but for the words
/// of a schema, and those are all told here:
///   INTEGER  becomes BIGINT: integers have 64 bits everywhere
///   BLOB     becomes BYTEA
///   TEXT     becomes TEXT COLLATE "C": text is compared byte by byte, whatever the database's language
///   STRICT   goes: PostgreSQL is never anything else
/// Text in quotes, quoted names and comments stay as they are.
std::string postgres_schema_text(std::string_view sql);

} // namespace portico::storage
