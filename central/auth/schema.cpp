#include "central/auth/schema.h"

namespace portico::central {

namespace {

// Ids are made by us; times are microseconds since 1970, UTC; hashes are keyed or of random values; whatever
// is personal or secret is sealed with the record key.
constexpr std::string_view first_tables = R"sql(
CREATE TABLE auth_account (
    account TEXT PRIMARY KEY,
    patient TEXT UNIQUE,              -- members
    staff TEXT UNIQUE,                -- staff
    own_patient TEXT,                 -- staff who are members too
    name_sealed BLOB,                 -- staff
    user_handle BLOB NOT NULL UNIQUE, -- WebAuthn, random
    created_us INTEGER NOT NULL,
    opened_us INTEGER,                -- when the first way to sign in was set up
    disabled_us INTEGER
) STRICT;
CREATE TABLE auth_username (
    username_hash BLOB PRIMARY KEY,
    account TEXT NOT NULL UNIQUE,
    username_sealed BLOB NOT NULL
) STRICT;
CREATE TABLE auth_secret (
    account TEXT NOT NULL,
    kind TEXT NOT NULL,               -- password, pin, totp, totp_pending
    sealed BLOB NOT NULL,             -- Argon2id text; TOTP: the secret itself
    added_us INTEGER NOT NULL,
    last_used_us INTEGER,
    last_step INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (account, kind)
) STRICT;
CREATE TABLE auth_security_key (
    account TEXT NOT NULL,
    id TEXT NOT NULL,
    credential_hash BLOB NOT NULL UNIQUE,
    credential_id BLOB NOT NULL,
    cose_key BLOB NOT NULL,
    sign_count INTEGER NOT NULL,
    backup_eligible INTEGER NOT NULL,
    backed_up INTEGER NOT NULL,
    aaguid BLOB NOT NULL,
    attestation TEXT NOT NULL,
    label_sealed BLOB NOT NULL,
    added_us INTEGER NOT NULL,
    last_used_us INTEGER,
    PRIMARY KEY (account, id)
) STRICT;
CREATE TABLE auth_chip_card (
    serial TEXT PRIMARY KEY,          -- of the certificate, hexadecimal
    id TEXT NOT NULL UNIQUE,
    patient TEXT NOT NULL,
    certificate_hash BLOB NOT NULL UNIQUE,
    issued_us INTEGER NOT NULL,
    not_after_us INTEGER NOT NULL,
    activated_us INTEGER,             -- shown with its PIN, or handed over in person
    removed_us INTEGER,
    revoked_us INTEGER,
    last_used_us INTEGER
) STRICT;
CREATE INDEX auth_chip_card_patient ON auth_chip_card (patient);
CREATE TABLE auth_card_authority (
    id TEXT PRIMARY KEY,
    certificate BLOB NOT NULL,        -- DER
    crl BLOB NOT NULL,                -- DER
    crl_number INTEGER NOT NULL,
    crl_next_update_us INTEGER NOT NULL
) STRICT;
CREATE TABLE auth_printed_card (
    card_hash BLOB PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    patient TEXT NOT NULL,
    added_us INTEGER NOT NULL,
    removed_us INTEGER,
    last_used_us INTEGER
) STRICT;
CREATE INDEX auth_printed_card_patient ON auth_printed_card (patient);
CREATE TABLE auth_session (
    token_hash BLOB PRIMARY KEY,
    session TEXT NOT NULL UNIQUE,
    salt BLOB NOT NULL,
    terminal TEXT NOT NULL,
    account TEXT NOT NULL,
    patient TEXT NOT NULL,
    staff TEXT NOT NULL,
    may_only_register INTEGER NOT NULL,
    started_us INTEGER NOT NULL,
    expires_us INTEGER NOT NULL,
    ended_us INTEGER
) STRICT;
CREATE INDEX auth_session_terminal ON auth_session (terminal, expires_us);
CREATE INDEX auth_session_account ON auth_session (account, expires_us);
CREATE TABLE auth_session_step (
    session TEXT NOT NULL,
    step INTEGER NOT NULL,
    at_us INTEGER NOT NULL,
    assurance INTEGER NOT NULL,
    factors TEXT NOT NULL,            -- blank between
    PRIMARY KEY (session, step)
) STRICT;
CREATE TABLE auth_challenge (
    challenge_id TEXT PRIMARY KEY,
    challenge BLOB NOT NULL,
    purpose TEXT NOT NULL,
    terminal TEXT NOT NULL,
    session TEXT NOT NULL,            -- empty: without one
    issued_us INTEGER NOT NULL,
    expires_us INTEGER NOT NULL
) STRICT;
CREATE INDEX auth_challenge_terminal ON auth_challenge (terminal, expires_us);
CREATE TABLE auth_lockout (
    subject TEXT PRIMARY KEY,         -- an account, or the hash of a name or card nobody has
    password_failures INTEGER NOT NULL DEFAULT 0,
    pin_failures INTEGER NOT NULL DEFAULT 0,
    totp_failures INTEGER NOT NULL DEFAULT 0,
    last_failure_us INTEGER NOT NULL
) STRICT;
CREATE TABLE auth_lock_ticket (
    ticket TEXT PRIMARY KEY,
    subject TEXT NOT NULL,
    terminal TEXT NOT NULL,
    expires_us INTEGER NOT NULL
) STRICT;
CREATE INDEX auth_lock_ticket_subject ON auth_lock_ticket (subject);
CREATE TABLE auth_terminal_rate (
    terminal TEXT NOT NULL,
    what TEXT NOT NULL,
    window_us INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (terminal, what)
) STRICT;
CREATE TABLE auth_activation (
    code_hash BLOB PRIMARY KEY,
    account TEXT NOT NULL,
    created_us INTEGER NOT NULL,
    expires_us INTEGER NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    spent_us INTEGER
) STRICT;
CREATE INDEX auth_activation_account ON auth_activation (account);
)sql";

// Staff from before had one use: to stand beside members at a kiosk.
constexpr std::string_view roles = R"sql(
ALTER TABLE auth_account ADD COLUMN roles TEXT NOT NULL DEFAULT '';
UPDATE auth_account SET roles = 'service_center' WHERE staff IS NOT NULL;
)sql";

// Whether a member is one of the staff is asked whenever a record is opened.
constexpr std::string_view own_patient = R"sql(
CREATE INDEX auth_account_own_patient ON auth_account (own_patient) WHERE own_patient IS NOT NULL;
)sql";

// What locks an account, for whoever is asked to unlock it: no more rows than auth_lockout counts. And when
// it was restored last: another time soon after needs two people.
constexpr std::string_view wrong_guess_table = R"sql(
CREATE TABLE auth_wrong_guess (
    subject TEXT NOT NULL,            -- as auth_lockout
    at_us INTEGER NOT NULL,
    number INTEGER NOT NULL,          -- how many counted with it
    guess TEXT NOT NULL,
    terminal TEXT NOT NULL,
    PRIMARY KEY (subject, at_us, number)
) STRICT;
CREATE TABLE auth_restored (
    subject TEXT PRIMARY KEY,
    at_us INTEGER NOT NULL
) STRICT;
)sql";

} // namespace

Result<void> migrate_auth(storage::Database& database) {
    return storage::migrate(database, "auth",
                            {{"auth", 1, first_tables},
                             {"auth", 2, roles, 1},
                             {"auth", 3, own_patient, 1},
                             {"auth", 4, wrong_guess_table, 1}});
}

} // namespace portico::central
