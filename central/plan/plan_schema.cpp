#include "central/plan/plan_schema.h"

namespace portico::central {

namespace {

/// Personal records: found by keyed hashes (16 bytes), bodies sealed. Everything else here is not personal.
/// `updated_us` and `version_number` are the RecordVersion; `content_hash` is keyed, of the record as
/// encoded.
constexpr char const* schema_1 = R"sql(
CREATE TABLE plan_member (
    record_key BLOB NOT NULL PRIMARY KEY,
    sealed BLOB NOT NULL,
    updated_us INTEGER NOT NULL,
    version_number INTEGER NOT NULL,
    content_hash BLOB NOT NULL
) STRICT;
CREATE TABLE plan_member_index (
    member_key BLOB NOT NULL,
    source_key BLOB NOT NULL,
    index_key BLOB NOT NULL,
    PRIMARY KEY (member_key, source_key, index_key)
) STRICT;
CREATE INDEX plan_member_index_key ON plan_member_index (index_key);
CREATE TABLE plan_coverage (
    member_key BLOB NOT NULL,
    record_key BLOB NOT NULL,
    sealed BLOB NOT NULL,
    updated_us INTEGER NOT NULL,
    version_number INTEGER NOT NULL,
    content_hash BLOB NOT NULL,
    PRIMARY KEY (member_key, record_key)
) STRICT;
CREATE INDEX plan_coverage_record ON plan_coverage (record_key);
CREATE TABLE plan_eob (
    member_key BLOB NOT NULL,
    record_key BLOB NOT NULL,
    updated_us INTEGER NOT NULL,
    version_number INTEGER NOT NULL,
    content_hash BLOB NOT NULL,
    summary BLOB NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (member_key, record_key)
) STRICT;
CREATE INDEX plan_eob_record ON plan_eob (record_key);
CREATE TABLE plan_part (
    kind TEXT NOT NULL,
    record_key TEXT NOT NULL,
    lookup TEXT NOT NULL,
    body TEXT NOT NULL,
    updated_us INTEGER NOT NULL,
    version_number INTEGER NOT NULL,
    content_hash BLOB NOT NULL,
    PRIMARY KEY (kind, record_key)
) STRICT;
CREATE INDEX plan_part_lookup ON plan_part (kind, lookup);
CREATE TABLE plan_formulary_item (
    record_key TEXT NOT NULL PRIMARY KEY,
    formulary TEXT NOT NULL,
    drug TEXT NOT NULL,
    tier TEXT NOT NULL,
    active INTEGER NOT NULL,
    prior_authorization INTEGER NOT NULL,
    step_therapy INTEGER NOT NULL,
    quantity_limit INTEGER NOT NULL,
    updated_us INTEGER NOT NULL,
    version_number INTEGER NOT NULL,
    content_hash BLOB NOT NULL
) STRICT;
CREATE INDEX plan_formulary_item_formulary ON plan_formulary_item (formulary, tier);
CREATE TABLE plan_superseded (
    record_kind TEXT NOT NULL,
    record_key BLOB NOT NULL,
    content_hash BLOB NOT NULL,
    PRIMARY KEY (record_kind, record_key, content_hash)
) STRICT;
CREATE TABLE plan_published (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    feed_position INTEGER NOT NULL,
    removed INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT;
CREATE UNIQUE INDEX plan_published_position ON plan_published (feed_position);
CREATE TABLE plan_listing_specialty (
    specialty TEXT NOT NULL,
    zip5 TEXT NOT NULL,
    listing TEXT NOT NULL,
    PRIMARY KEY (specialty, zip5, listing)
) STRICT;
CREATE INDEX plan_listing_specialty_listing ON plan_listing_specialty (listing);
CREATE TABLE plan_state (
    name TEXT NOT NULL PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT;
)sql";

/// Replies that were read once, sealed (rendered_eob.h). Older programs neither read nor clear them; the
/// revision keeps what they leave from being taken for current.
constexpr char const* schema_2 = R"sql(
CREATE TABLE plan_eob_rendered (
    member_key BLOB NOT NULL,
    record_key BLOB NOT NULL,
    revision INTEGER NOT NULL,
    day TEXT NOT NULL,
    build TEXT NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (member_key, record_key)
) STRICT;
)sql";

/// What finds a member by facts (find_keys.h). `find_of` is the content_hash of the record that the keys were
/// made of: a member whom an older program wrote, before this step or beside it, has another or none, and is
/// listed in plan_member_unfound until the keys are made (fill_find_keys).
constexpr char const* schema_3 = R"sql(
ALTER TABLE plan_member ADD COLUMN name_birth INTEGER;
ALTER TABLE plan_member ADD COLUMN name_zip INTEGER;
ALTER TABLE plan_member ADD COLUMN birth_zip INTEGER;
ALTER TABLE plan_member ADD COLUMN find_of BLOB;
CREATE INDEX plan_member_name_birth ON plan_member (name_birth);
CREATE INDEX plan_member_name_zip ON plan_member (name_zip);
CREATE INDEX plan_member_birth_zip ON plan_member (birth_zip);
CREATE INDEX plan_member_unfound ON plan_member (record_key)
    WHERE find_of IS NULL OR find_of <> content_hash;
)sql";

/// A member's phone number as imported, as the keys of schema_3: `phone_of` is the content_hash of the record
/// that it was made of, and older programs leave both as they were.
constexpr char const* schema_4 = R"sql(
ALTER TABLE plan_member ADD COLUMN phone INTEGER;
ALTER TABLE plan_member ADD COLUMN phone_of BLOB;
CREATE INDEX plan_member_phone ON plan_member (phone);
CREATE INDEX plan_member_unphoned ON plan_member (record_key)
    WHERE phone_of IS NULL OR phone_of <> content_hash;
)sql";

/// What an EOB says alone is kept in its summary (judged_eob.h). Which are still to be judged
/// (judge_the_rest): `judged_by` is the eob_alone_version of who judged, and it counts for the content that
/// `judged_of` names. Older programs leave both as they were. Hints for who goes on with the rest and nothing
/// else: whether a judgement counts, its seal says.
constexpr char const* schema_5 = R"sql(
ALTER TABLE plan_eob ADD COLUMN judged_by INTEGER;
ALTER TABLE plan_eob ADD COLUMN judged_of BLOB;
CREATE INDEX plan_eob_judged ON plan_eob ((CASE WHEN judged_of = content_hash THEN judged_by ELSE 0 END));
)sql";

} // namespace

Result<void> migrate_plan(storage::Database& database) {
    return storage::migrate(database, "plan",
                            {{"plan", 1, schema_1},
                             {"plan", 2, schema_2, 1},
                             {"plan", 3, schema_3, 1},
                             {"plan", 4, schema_4, 1},
                             {"plan", 5, schema_5, 1}});
}

} // namespace portico::central
