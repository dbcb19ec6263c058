#include "central/calls/schema.h"

namespace portico::central {

namespace {

// That somebody asked whose number it is, and never which number.
constexpr std::string_view first = R"sql(
CREATE TABLE call_ring (
    id TEXT PRIMARY KEY,
    staff TEXT NOT NULL,
    at_us INTEGER NOT NULL
) STRICT;
CREATE INDEX call_ring_staff ON call_ring (staff, at_us);
)sql";

} // namespace

Result<void> migrate_calls(storage::Database& database) {
    return storage::migrate(database, "calls", {{"calls", 1, first}});
}

} // namespace portico::central
