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

// Numbers that a desk's telephone may dial, each once. The desk does not see them.
constexpr std::string_view dial = R"sql(
CREATE TABLE call_dial (
    id TEXT PRIMARY KEY,
    ticket_hash BLOB NOT NULL UNIQUE,
    purpose TEXT NOT NULL,            -- whose part asked for it
    about TEXT NOT NULL,              -- what it is for there
    case_id TEXT NOT NULL,            -- may be empty
    staff TEXT NOT NULL,
    terminal TEXT NOT NULL,           -- the desk whose telephone dials
    number_sealed BLOB,               -- NULL: nobody dials it any more
    made_us INTEGER NOT NULL,
    expires_us INTEGER NOT NULL,
    asked_us INTEGER NOT NULL,        -- when the telephone asked for the number; 0: not yet
    call TEXT NOT NULL,               -- at the telephone
    outcome TEXT NOT NULL,            -- answered, not_answered, failed, confirmed, ended; empty: none yet
    answered_us INTEGER NOT NULL      -- 0: was not
) STRICT;
CREATE INDEX call_dial_case ON call_dial (case_id);
CREATE INDEX call_dial_about ON call_dial (about);
CREATE INDEX call_dial_number ON call_dial (expires_us) WHERE number_sealed IS NOT NULL;
)sql";

} // namespace

Result<void> migrate_calls(storage::Database& database) {
    return storage::migrate(database, "calls", {{"calls", 1, first}, {"calls", 2, dial, 1}});
}

} // namespace portico::central
