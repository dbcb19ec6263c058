#include "central/plan/rendered_eob.h"

#include "central/plan/plan_keys.h"
#include "central/plan/plan_state.h"
#include "shared/base/build_id.h"

#include <cstdio>

namespace portico::central {

namespace {

/// Bound to all that it was made from: whoever can write the store cannot make an old one current.
std::string context_of(RenderedEobKey const& key, std::int64_t revision) {
    return seal_context("plan_eob_rendered", key.member_key, key.record_key) + "/" + key.day.text() + "/" +
           std::to_string(revision) + "/" + build_id();
}

} // namespace

Result<std::optional<std::string>> read_rendered_eob(storage::Database& database, Vault const& vault,
                                                     RenderedEobKey const& key) {
    auto query = TRY(database.prepare(
        "SELECT revision, sealed FROM plan_eob_rendered WHERE member_key = $1 AND record_key = $2"
        " AND day = $3 AND build = $4 AND revision ="
        " (SELECT sum(value) FROM plan_state WHERE name IN ('personal_revision', 'parts_revision'))"));
    query.bind(1, ByteView(key.member_key)).bind(2, ByteView(key.record_key));
    query.bind(3, key.day.text()).bind(4, build_id());
    if (!TRY(query.step()))
        return std::optional<std::string>();
    auto opened = crypto::open_record(vault.records, context_of(key, query.integer(0)), query.blob(1));
    if (opened.has_error()) {
        // The EOB itself has a seal of its own: what is made from it anew is right, and replaces this.
        static_cast<void>(std::fprintf(stderr, "portico-central: a kept EOB reply did not open: %s\n",
                                       opened.error().message.c_str()));
        return std::optional<std::string>();
    }
    auto& plain = opened.value();
    std::optional<std::string> json(as_text(plain));
    wipe(plain.data(), plain.size());
    return json;
}

Result<void> keep_rendered_eob(storage::Database& database, Vault const& vault, RenderedEobKey const& key,
                               std::int64_t revision, std::string_view json) {
    // Without a build id a later build could not tell that it did not make this.
    if (build_id().empty() || TRY(plan_data_revision(database)) != revision)
        return ok();
    auto insert = TRY(database.prepare(
        "INSERT INTO plan_eob_rendered (member_key, record_key, revision, day, build, sealed)"
        " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (member_key, record_key) DO UPDATE SET"
        " revision = excluded.revision, day = excluded.day, build = excluded.build,"
        " sealed = excluded.sealed"));
    auto const sealed = crypto::seal_record(vault.records, context_of(key, revision), as_bytes(json));
    insert.bind(1, ByteView(key.member_key)).bind(2, ByteView(key.record_key)).bind(3, revision);
    return insert.bind(4, key.day.text()).bind(5, build_id()).bind(6, ByteView(sealed)).run();
}

Result<void> clear_rendered_eobs(storage::Database& database) {
    return TRY(database.prepare("DELETE FROM plan_eob_rendered")).run();
}

} // namespace portico::central
