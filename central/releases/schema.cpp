#include "central/releases/schema.h"

namespace portico::central {

namespace {

constexpr std::string_view first = R"sql(
CREATE TABLE software_release (
    version TEXT PRIMARY KEY,
    added_us INTEGER NOT NULL
) STRICT;
CREATE TABLE software_file (          -- the files themselves lie in the folders of nodes
    version TEXT NOT NULL,
    name TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    sha256 BLOB NOT NULL,
    PRIMARY KEY (version, name)
) STRICT;
CREATE TABLE terminal_software (
    terminal TEXT PRIMARY KEY,
    wanted TEXT NOT NULL,             -- the version that it is to have; empty: it stays as it is
    running TEXT NOT NULL,            -- as it said last; empty: it never did
    told_us INTEGER NOT NULL,         -- when
    update_version TEXT NOT NULL,     -- of its last update; empty: nothing is known of any
    outcome TEXT NOT NULL,            -- downloading, ready, installed, refused, not_fetched
    reason TEXT NOT NULL,
    outcome_us INTEGER NOT NULL       -- when that was first said
) STRICT;
CREATE INDEX terminal_software_wanted ON terminal_software (wanted) WHERE wanted <> '';
)sql";

} // namespace

Result<void> migrate_releases(storage::Database& database) {
    return storage::migrate(database, "releases", {{"releases", 1, first}});
}

} // namespace portico::central
