#include "central/cases/schema.h"

namespace portico::central {

namespace {

// Whom a case is about, and what staff wrote, are sealed; a member stands in indexes as a keyed hash.
constexpr std::string_view first = R"sql(
CREATE TABLE case_file (
    id TEXT PRIMARY KEY,
    opened_by TEXT NOT NULL,
    owner TEXT NOT NULL,
    terminal TEXT NOT NULL,           -- where it was opened
    reason TEXT NOT NULL,
    channel TEXT NOT NULL,
    opened_us INTEGER NOT NULL,
    tries INTEGER NOT NULL,           -- of its owner, that found nobody
    patient_hash BLOB,                -- NULL: nobody was found yet
    patient_sealed BLOB,
    bound_us INTEGER NOT NULL,
    closed_us INTEGER NOT NULL,       -- 0: open
    closed_by TEXT NOT NULL,
    outcome TEXT NOT NULL,
    note_sealed BLOB
) STRICT;
CREATE INDEX case_file_owner ON case_file (owner, closed_us);
CREATE INDEX case_file_patient ON case_file (patient_hash);
CREATE TABLE case_try (               -- one that found nobody; those of the last hour count
    id TEXT PRIMARY KEY,
    staff TEXT NOT NULL,
    at_us INTEGER NOT NULL
) STRICT;
CREATE INDEX case_try_staff ON case_try (staff, at_us);
CREATE TABLE case_record (            -- a member's record that was bound to a case
    id TEXT PRIMARY KEY,
    staff TEXT NOT NULL,
    patient_hash BLOB NOT NULL,
    at_us INTEGER NOT NULL
) STRICT;
CREATE INDEX case_record_staff ON case_record (staff, at_us);
CREATE TABLE case_allowance (
    id TEXT PRIMARY KEY,
    staff TEXT NOT NULL,
    allowed_by TEXT NOT NULL,
    at_us INTEGER NOT NULL
) STRICT;
CREATE INDEX case_allowance_staff ON case_allowance (staff, at_us);
)sql";

// Who has opened a protected record through which case, and why.
constexpr std::string_view glass = R"sql(
CREATE TABLE case_glass (
    case_id TEXT NOT NULL,
    staff TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    reason_sealed BLOB NOT NULL,
    PRIMARY KEY (case_id, staff)
) STRICT;
)sql";

// Whether the caller is the member, asked of them where they are signed in; and unlocks that were asked for.
// A member stands in both as a keyed hash.
constexpr std::string_view verify = R"sql(
ALTER TABLE case_file ADD COLUMN verified_us INTEGER NOT NULL DEFAULT 0;
ALTER TABLE case_file ADD COLUMN verified_staff TEXT NOT NULL DEFAULT '';
CREATE TABLE case_check (
    id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL,
    patient_hash BLOB NOT NULL,
    staff TEXT NOT NULL,
    terminal TEXT NOT NULL,           -- the desk that asks
    number TEXT NOT NULL,             -- what is read out
    numbers TEXT NOT NULL,            -- what the member finds it among, blank between
    asked_us INTEGER NOT NULL,
    expires_us INTEGER NOT NULL,
    state TEXT NOT NULL,              -- waiting, confirmed, wrong, denied, replaced
    ended_us INTEGER NOT NULL         -- 0: waits
) STRICT;
CREATE INDEX case_check_case ON case_check (case_id, asked_us);
CREATE INDEX case_check_patient ON case_check (patient_hash, asked_us);
CREATE TABLE case_unlock (
    id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL,
    staff TEXT NOT NULL,              -- who asks
    terminal TEXT NOT NULL,
    reason TEXT NOT NULL,
    second_yes TEXT NOT NULL,         -- why a colleague was asked; empty: none was
    verified_us INTEGER NOT NULL,
    asked_us INTEGER NOT NULL,
    expires_us INTEGER NOT NULL,
    state TEXT NOT NULL,              -- waiting, unlocked, refused, expired, withdrawn
    decided_by TEXT NOT NULL,
    decided_us INTEGER NOT NULL
) STRICT;
CREATE INDEX case_unlock_case ON case_unlock (case_id, asked_us);
CREATE INDEX case_unlock_waiting ON case_unlock (expires_us) WHERE state = 'waiting';
)sql";

// One-time codes that callers key, and by what a caller was verified. Every proof so far was the member's own
// session. An older program would take a mailed code for as much, and must not go on beside.
constexpr std::string_view codes = R"sql(
ALTER TABLE case_file ADD COLUMN verified_way TEXT NOT NULL DEFAULT 'own_session';
ALTER TABLE case_unlock ADD COLUMN verified_way TEXT NOT NULL DEFAULT 'own_session';
CREATE TABLE case_code (
    id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL,
    patient_hash BLOB NOT NULL,
    staff TEXT NOT NULL,
    terminal TEXT NOT NULL,           -- the desk at whose telephone it counts
    call TEXT NOT NULL,               -- in which it counts
    way TEXT NOT NULL,                -- text_code, mail_code
    code_hash BLOB NOT NULL,
    tries INTEGER NOT NULL,           -- that were wrong
    sent_us INTEGER NOT NULL,
    expires_us INTEGER NOT NULL,
    state TEXT NOT NULL,              -- waiting, right, ended, replaced, unsent
    ended_us INTEGER NOT NULL         -- 0: waits
) STRICT;
CREATE INDEX case_code_case ON case_code (case_id, sent_us);
CREATE INDEX case_code_patient ON case_code (patient_hash, sent_us);
CREATE INDEX case_code_staff ON case_code (staff, sent_us);
CREATE INDEX case_code_waiting ON case_code (terminal, call) WHERE state = 'waiting';
CREATE TABLE case_code_try (          -- what was keyed, and never the digits
    id TEXT PRIMARY KEY,              -- of the telephone helper: the same again is the same
    code TEXT NOT NULL,
    patient_hash BLOB NOT NULL,
    phone TEXT NOT NULL,
    call TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    outcome TEXT NOT NULL,            -- right, wrong, ended
    tries_left INTEGER NOT NULL
) STRICT;
CREATE INDEX case_code_try_patient ON case_code_try (patient_hash, at_us);
)sql";

// How a case stood at a moment that is over: operations that staff capture on a member's behalf may arrive
// later. What was so before is as far as it is known: none of those was captured then. And what is noted
// while a call goes on.
constexpr std::string_view history = R"sql(
CREATE TABLE case_holder (
    case_id TEXT NOT NULL,
    step INTEGER NOT NULL,
    staff TEXT NOT NULL,
    from_us INTEGER NOT NULL,         -- until the next step, or the end of the case
    PRIMARY KEY (case_id, step)
) STRICT;
INSERT INTO case_holder (case_id, step, staff, from_us) SELECT id, 0, owner, opened_us FROM case_file;
CREATE TABLE case_proof (
    case_id TEXT NOT NULL,
    step INTEGER NOT NULL,
    staff TEXT NOT NULL,              -- who was shown it
    way TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    PRIMARY KEY (case_id, step)
) STRICT;
INSERT INTO case_proof (case_id, step, staff, way, at_us)
    SELECT id, 0, verified_staff, verified_way, verified_us FROM case_file WHERE verified_us > 0;
CREATE TABLE case_note (
    id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL,
    staff TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    text_sealed BLOB NOT NULL
) STRICT;
CREATE INDEX case_note_case ON case_note (case_id, at_us);
CREATE INDEX case_file_patient_closed ON case_file (patient_hash, closed_us);
)sql";

// Cases that were opened to do what an entry of the staff queue asks.
constexpr std::string_view work = R"sql(
CREATE TABLE case_work (
    case_id TEXT PRIMARY KEY,
    entry TEXT NOT NULL
) STRICT;
CREATE INDEX case_work_entry ON case_work (entry);
)sql";

// Who speaks in a case, when it is not the member: from the step on, until the next. An older program would
// take their proof for the member's, and must not go on beside.
constexpr std::string_view speakers = R"sql(
CREATE TABLE case_speaker (
    case_id TEXT NOT NULL,
    step INTEGER NOT NULL,
    authority TEXT NOT NULL,          -- empty: the member
    prover_hash BLOB NOT NULL,        -- whose proofs count
    prover_sealed BLOB NOT NULL,
    from_us INTEGER NOT NULL,
    proofs INTEGER NOT NULL,          -- how many the case had before: those are not theirs
    PRIMARY KEY (case_id, step)
) STRICT;
CREATE INDEX case_speaker_prover ON case_speaker (prover_hash);
)sql";

} // namespace

Result<void> migrate_cases(storage::Database& database) {
    return storage::migrate(database, "cases",
                            {{"cases", 1, first},
                             {"cases", 2, glass, 1},
                             {"cases", 3, verify, 1},
                             {"cases", 4, codes},
                             {"cases", 5, history, 4},
                             {"cases", 6, work, 4},
                             {"cases", 7, speakers}});
}

} // namespace portico::central
