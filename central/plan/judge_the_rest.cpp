#include "central/plan/judge_the_rest.h"

#include "central/plan/judged_eob.h"
#include "central/plan/personal_reads.h"

#include <optional>
#include <string>
#include <vector>

namespace portico::central {

namespace {

Result<Bytes> judged_summary(Vault const& vault, LateJudgement const& row, ByteView summary,
                             ByteView sealed) {
    auto stored = TRY(open_sealed_record<StoredSummary>(vault, "plan_eob_summary", row.member_key,
                                                        row.record_key, summary));
    auto const eob = TRY(open_sealed_record<Eob>(vault, "plan_eob", row.member_key, row.record_key, sealed));
    stored.judged = encode(judge(eob, sealed));
    auto encoded = encode(stored);
    auto made = crypto::seal_record(
        vault.records, seal_context("plan_eob_summary", row.member_key, row.record_key), as_bytes(encoded));
    wipe(encoded);
    return made;
}

/// As the index of schema_5 has it.
constexpr std::string_view judged_by_sql = "(CASE WHEN judged_of = content_hash THEN judged_by ELSE 0 END)";

Result<std::vector<LateJudgement>> unjudged_eobs(storage::Database& database, Vault const& vault,
                                                 int eobs_max) {
    // In the index's order, so that PostgreSQL takes the index also while it knows nothing of how many there
    // are: each look at a plan of which all is judged would read all of it.
    auto const judged_by = std::string(judged_by_sql);
    auto query = TRY(
        database.prepare("SELECT member_key, record_key, content_hash, summary, sealed FROM plan_eob WHERE " +
                         judged_by + " < $1 ORDER BY " + judged_by + " LIMIT $2"));
    query.bind(1, std::int64_t{eob_alone_version}).bind(2, std::int64_t{eobs_max});
    std::vector<LateJudgement> found;
    while (TRY(query.step())) {
        auto const sealed = query.blob(4);
        auto const tag = eob_seal_tag(sealed);
        LateJudgement row{query.blob(0), query.blob(1), query.blob(2), Bytes(tag.begin(), tag.end()),
                          std::nullopt};
        if (auto made = judged_summary(vault, row, query.blob(3), sealed); made.has_value())
            row.summary = std::move(made.value());
        found.push_back(std::move(row));
    }
    return found;
}

Result<void> write_judged(storage::Database& database, std::vector<LateJudgement> const& judged) {
    auto const not_yet = " AND " + std::string(judged_by_sql) + " < $1";
    // An import may have replaced the record meanwhile, by one of the same content too.
    auto keep =
        TRY(database.prepare("UPDATE plan_eob SET judged_by = $1, judged_of = content_hash, summary = $2"
                             " WHERE member_key = $3 AND record_key = $4 AND content_hash = $5 AND " +
                             std::string(eob_seal_tag_sql) + " = $6" + not_yet));
    auto give_up = TRY(database.prepare("UPDATE plan_eob SET judged_by = $1, judged_of = content_hash"
                                        " WHERE member_key = $2 AND record_key = $3 AND content_hash = $4" +
                                        not_yet));
    for (auto const& row : judged) {
        auto& statement = row.summary ? keep : give_up;
        int at = 1;
        statement.bind(at++, std::int64_t{eob_alone_version});
        if (row.summary)
            statement.bind(at++, ByteView(*row.summary));
        for (auto const* part : {&row.member_key, &row.record_key, &row.content_hash})
            statement.bind(at++, ByteView(*part));
        if (row.summary)
            statement.bind(at, ByteView(row.seal_tag));
        TRY(statement.run());
    }
    return ok();
}

} // namespace

Result<std::vector<LateJudgement>> judge_some(Store& store, Vault const& vault, int eobs_max) {
    return store.read<std::vector<LateJudgement>>(
        [&](storage::Database& database) { return unjudged_eobs(database, vault, eobs_max); });
}

Result<void> keep_judged(Store& store, std::vector<LateJudgement> const& judged) {
    return store.write([&](storage::Database& database) { return write_judged(database, judged); });
}

Result<int> judge_the_rest(Store& store, Vault const& vault, int eobs_max) {
    // Judged outside of the write, which is alone among those of all nodes.
    auto const judged = TRY(judge_some(store, vault, eobs_max));
    if (!judged.empty())
        TRY(keep_judged(store, judged));
    return static_cast<int>(judged.size());
}

} // namespace portico::central
