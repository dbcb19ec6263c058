#include "central/operations/schema.h"

namespace portico::central {

namespace {

// The member or terminal comes first in every key; patients stand in indexes as keyed hashes, what is
// personal is sealed with the record key.
constexpr std::string_view first = R"sql(
CREATE TABLE operation (
    terminal TEXT NOT NULL,
    id TEXT NOT NULL,
    body_hash BLOB NOT NULL,
    sequence INTEGER NOT NULL,        -- 0: it could not be opened
    kind TEXT NOT NULL,
    state TEXT NOT NULL,              -- waiting, applied, refused, withdrawn
    reason TEXT NOT NULL,
    patient_hash BLOB,                -- NULL: nobody was signed in
    captured_us INTEGER NOT NULL,
    received_us INTEGER NOT NULL,
    settles_us INTEGER NOT NULL,      -- a waiting one applies by itself then; 0: staff decide
    summary_sealed BLOB NOT NULL,
    PRIMARY KEY (terminal, id)
) STRICT;
CREATE UNIQUE INDEX operation_id ON operation (id);
CREATE INDEX operation_patient ON operation (patient_hash, captured_us);
CREATE TABLE terminal_sequence (terminal TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT;
CREATE TABLE contact_change (
    patient_hash BLOB NOT NULL,
    operation TEXT NOT NULL,
    body_sealed BLOB NOT NULL,        -- the new details, in full
    made_us INTEGER NOT NULL,
    in_force_us INTEGER NOT NULL,     -- when the hold ends
    withdrawn INTEGER NOT NULL,
    PRIMARY KEY (patient_hash, operation)
) STRICT;
CREATE TABLE finding_answer (
    patient_hash BLOB NOT NULL,
    eob TEXT NOT NULL,
    finding TEXT NOT NULL,
    answer TEXT NOT NULL,
    operation TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    PRIMARY KEY (patient_hash, eob, finding)
) STRICT;
CREATE TABLE mailed_card (
    patient_hash BLOB NOT NULL,
    operation TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    PRIMARY KEY (patient_hash, operation)
) STRICT;
CREATE TABLE card_issue (
    patient_hash BLOB NOT NULL,
    id TEXT NOT NULL,
    terminal TEXT NOT NULL,
    state TEXT NOT NULL,              -- begun, completed, failed, unknown, unreported
    card_sealed BLOB NOT NULL,        -- the card with its number
    begun_us INTEGER NOT NULL,
    ended_us INTEGER NOT NULL,
    PRIMARY KEY (patient_hash, id)
) STRICT;
CREATE UNIQUE INDEX card_issue_id ON card_issue (id);
CREATE TABLE staff_queue (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,               -- operation_refused, card_outcome_unknown, send_letter...
    terminal TEXT NOT NULL,
    operation TEXT NOT NULL,
    reason TEXT NOT NULL,
    detail_sealed BLOB NOT NULL,
    at_us INTEGER NOT NULL,
    done_us INTEGER NOT NULL,
    done_by TEXT NOT NULL
) STRICT;
CREATE INDEX staff_queue_open ON staff_queue (done_us, at_us);
)sql";

// How staff settled an entry, and the word that the member reads.
constexpr std::string_view outcomes = R"sql(
ALTER TABLE staff_queue ADD COLUMN outcome TEXT NOT NULL DEFAULT '';
ALTER TABLE staff_queue ADD COLUMN outcome_reason TEXT NOT NULL DEFAULT '';
CREATE INDEX staff_queue_operation ON staff_queue (operation);
)sql";

// Who has taken an entry, so that no two work on it.
constexpr std::string_view taken = R"sql(
ALTER TABLE staff_queue ADD COLUMN taken_by TEXT NOT NULL DEFAULT '';
ALTER TABLE staff_queue ADD COLUMN taken_us INTEGER NOT NULL DEFAULT 0;
)sql";

// Whose new number it is (central/plan/find_keys.h), for when it rings. Changes that an older program wrote
// have `numbered` 0 until fill_changed_numbers has looked at them.
constexpr std::string_view numbers = R"sql(
ALTER TABLE contact_change ADD COLUMN phone_key INTEGER;
ALTER TABLE contact_change ADD COLUMN member_key BLOB;
ALTER TABLE contact_change ADD COLUMN numbered INTEGER NOT NULL DEFAULT 0;
CREATE INDEX contact_change_phone ON contact_change (phone_key);
CREATE INDEX contact_change_unnumbered ON contact_change (operation) WHERE numbered = 0;
)sql";

// Who of the staff asked for it on the member's behalf, and through which case; what they write to members;
// copies of EOBs by mail; entries that have a day of their own; and the latest capture that a terminal has
// told of, no later than it arrived.
constexpr std::string_view on_behalf = R"sql(
ALTER TABLE operation ADD COLUMN staff TEXT NOT NULL DEFAULT '';
ALTER TABLE operation ADD COLUMN case_id TEXT NOT NULL DEFAULT '';
ALTER TABLE staff_queue ADD COLUMN due_us INTEGER NOT NULL DEFAULT 0;
ALTER TABLE terminal_sequence ADD COLUMN captured_us INTEGER NOT NULL DEFAULT 0;
CREATE TABLE mailed_eob (
    patient_hash BLOB NOT NULL,
    eob TEXT NOT NULL,
    operation TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    PRIMARY KEY (patient_hash, operation)
) STRICT;
CREATE TABLE member_message (
    patient_hash BLOB NOT NULL,
    operation TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    read_us INTEGER NOT NULL,         -- 0: not yet
    text_sealed BLOB NOT NULL,
    PRIMARY KEY (patient_hash, operation)
) STRICT;
CREATE INDEX member_message_at ON member_message (patient_hash, at_us);
)sql";

} // namespace

Result<void> migrate_operations(storage::Database& database) {
    return storage::migrate(database, "operations",
                            {{"operations", 1, first},
                             {"operations", 2, outcomes, 1},
                             {"operations", 3, taken, 1},
                             {"operations", 4, numbers, 1},
                             {"operations", 5, on_behalf, 1}});
}

} // namespace portico::central
