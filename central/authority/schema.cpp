#include "central/authority/schema.h"

namespace portico::central {

namespace {

// All that an authority says is sealed, its period and its end too: whoever writes into the database makes
// none that was not entered, nor one longer or wider. What was sealed before its end can be put back.
constexpr std::string_view first = R"sql(
CREATE TABLE authority (
    id TEXT PRIMARY KEY,
    patient_hash BLOB NOT NULL,       -- of the member for whom somebody speaks
    entered_us INTEGER NOT NULL,
    sealed BLOB NOT NULL
) STRICT;
CREATE INDEX authority_patient ON authority (patient_hash, entered_us);
CREATE TABLE authority_used (         -- the member was told that somebody spoke for them
    authority TEXT PRIMARY KEY,
    at_us INTEGER NOT NULL
) STRICT;
)sql";

} // namespace

Result<void> migrate_authority(storage::Database& database) {
    return storage::migrate(database, "authority", {{"authority", 1, first}});
}

} // namespace portico::central
