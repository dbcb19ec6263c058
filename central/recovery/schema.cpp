#include "central/recovery/schema.h"

namespace portico::central {

namespace {

// A member stands in it as a keyed hash, and so do the codes.
constexpr std::string_view first = R"sql(
CREATE TABLE recovery (
    id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL,
    patient_hash BLOB NOT NULL,
    staff TEXT NOT NULL,              -- who asks
    terminal TEXT NOT NULL,           -- at which desk
    lost TEXT NOT NULL,
    reason TEXT NOT NULL,
    second_yes TEXT NOT NULL,         -- why a colleague is asked; empty: none is
    verified_way TEXT NOT NULL,
    verified_us INTEGER NOT NULL,
    asked_us INTEGER NOT NULL,
    state TEXT NOT NULL,              -- waiting, started, finished, refused, expired, withdrawn, stopped, ended
    decided_by TEXT NOT NULL,         -- the colleague
    started_us INTEGER NOT NULL,      -- 0: not yet
    expires_us INTEGER NOT NULL,      -- of the yes while it waits, of itself once it has started
    first_way TEXT NOT NULL,
    second_way TEXT NOT NULL,
    tries INTEGER NOT NULL,
    sends INTEGER NOT NULL,
    sent_us INTEGER NOT NULL,
    ended_us INTEGER NOT NULL         -- 0: open
) STRICT;
CREATE INDEX recovery_patient ON recovery (patient_hash, asked_us);
CREATE INDEX recovery_case ON recovery (case_id, asked_us);
CREATE INDEX recovery_open ON recovery (expires_us) WHERE ended_us = 0;
CREATE TABLE recovery_code (          -- the one that counts now of each way
    recovery TEXT NOT NULL,
    way TEXT NOT NULL,                -- text, mail, letter
    code_hash BLOB NOT NULL,
    sent_us INTEGER NOT NULL,
    expires_us INTEGER NOT NULL,
    PRIMARY KEY (recovery, way)
) STRICT;
)sql";

/// An older program tells nobody twice.
constexpr std::string_view proofs = R"sql(
CREATE TABLE recovery_proof (         -- what opened the visit that goes on now
    recovery TEXT PRIMARY KEY,
    proof_hash BLOB NOT NULL,
    session TEXT NOT NULL,
    at_us INTEGER NOT NULL
) STRICT;
)sql";

} // namespace

Result<void> migrate_recovery(storage::Database& database) {
    return storage::migrate(database, "recovery", {{"recovery", 1, first}, {"recovery", 2, proofs, 1}});
}

} // namespace portico::central
