#include "central/line/schema.h"

namespace portico::central {

namespace {

// Number and member are sealed while somebody is to be called, and gone when that has ended; in indexes they
// stand as keyed hashes.
constexpr std::string_view first = R"sql(
CREATE TABLE line_call_back (
    id TEXT PRIMARY KEY,              -- of the terminal where it was asked
    terminal TEXT NOT NULL,
    number_hash BLOB NOT NULL,
    number_sealed BLOB NOT NULL,
    patient_hash BLOB,                -- NULL: of nobody who was signed in
    patient_sealed BLOB,
    language TEXT NOT NULL,
    about TEXT NOT NULL,
    asked_us INTEGER NOT NULL,
    place_asked INTEGER NOT NULL,
    told_least_min INTEGER NOT NULL,  -- what was said of the wait then; both 0: nothing
    told_most_min INTEGER NOT NULL,
    state TEXT NOT NULL,              -- waiting, calling, reached, not_reached, cancelled
    tries INTEGER NOT NULL,           -- that nobody answered
    rests_until_us INTEGER NOT NULL,  -- 0: may be called
    first_call_us INTEGER NOT NULL,   -- 0: not called yet
    staff TEXT NOT NULL,              -- who has it, or had it last
    taken_us INTEGER NOT NULL,
    case_id TEXT NOT NULL,
    said TEXT NOT NULL,               -- by them, of how the call went; empty: nothing
    given_back_us INTEGER NOT NULL,
    ended_us INTEGER NOT NULL         -- 0: waits, or is called
) STRICT;
CREATE INDEX line_call_back_order ON line_call_back (asked_us, id) WHERE state = 'waiting';
CREATE INDEX line_call_back_calling ON line_call_back (taken_us) WHERE state = 'calling';
CREATE INDEX line_call_back_number ON line_call_back (number_hash, asked_us);
CREATE INDEX line_call_back_patient ON line_call_back (patient_hash, asked_us);
CREATE INDEX line_call_back_called ON line_call_back (first_call_us);
CREATE INDEX line_call_back_asked ON line_call_back (asked_us);
CREATE TABLE line_ask (               -- that somebody asked at a terminal, also when it was refused
    id TEXT PRIMARY KEY,
    terminal TEXT NOT NULL,
    at_us INTEGER NOT NULL
) STRICT;
CREATE INDEX line_ask_terminal ON line_ask (terminal, at_us);
)sql";

// Calls that telephone systems hold. A number is sealed while its caller holds the line, and gone after. A
// program that knows nothing of them orders call-backs alone, as before.
constexpr std::string_view held_calls = R"sql(
CREATE TABLE line_telephone (
    system TEXT PRIMARY KEY,          -- its terminal
    sequence INTEGER NOT NULL,        -- of its last message
    heard_us INTEGER NOT NULL,
    silence_told INTEGER NOT NULL     -- 1: desks were told that it is not heard
) STRICT;
CREATE TABLE line_held_call (
    id TEXT PRIMARY KEY,
    system TEXT NOT NULL,
    call TEXT NOT NULL,               -- the system's own id of it
    number_sealed BLOB,               -- NULL: not shown, or over
    language TEXT NOT NULL,           -- empty: not known
    since_us INTEGER NOT NULL,        -- when the caller began to wait
    first_told_us INTEGER NOT NULL,
    place_told INTEGER NOT NULL,      -- its place then
    told_least_min INTEGER NOT NULL,  -- what was said of the wait then; both 0: nothing
    told_most_min INTEGER NOT NULL,
    state TEXT NOT NULL,              -- waiting, ringing, put_through, gone
    staff TEXT NOT NULL,              -- who has it, or had it last
    extension TEXT NOT NULL,          -- where it is put through to
    taken_us INTEGER NOT NULL,
    returned_us INTEGER NOT NULL,     -- given back, or not put through; 0: was not
    connect_told_us INTEGER NOT NULL, -- when its system was told the extension; 0: not yet
    put_through_us INTEGER NOT NULL,
    ended_us INTEGER NOT NULL         -- 0: it is held
) STRICT;
CREATE UNIQUE INDEX line_held_call_open ON line_held_call (system, call) WHERE ended_us = 0;
CREATE INDEX line_held_call_order ON line_held_call (since_us, id) WHERE state = 'waiting';
CREATE INDEX line_held_call_left ON line_held_call (system, call, since_us);
CREATE INDEX line_held_call_staff ON line_held_call (staff, taken_us);
CREATE INDEX line_held_call_through ON line_held_call (put_through_us);
CREATE INDEX line_held_call_ended ON line_held_call (ended_us);
CREATE INDEX line_held_call_told ON line_held_call (first_told_us);
)sql";

} // namespace

Result<void> migrate_line(storage::Database& database) {
    return storage::migrate(database, "line", {{"line", 1, first}, {"line", 2, held_calls, 1}});
}

} // namespace portico::central
