#pragma once

#include "central/plan/plan_codec.h"
#include "central/plan/plan_keys.h"
#include "shared/storage/database.h"

#include <vector>

/// Opens the sealed records of one person.
namespace portico::central {

template <class T>
Result<T> open_sealed_record(Vault const& vault, std::string_view table, ByteView member_key,
                             ByteView record_key, ByteView sealed) {
    auto plain = TRY(crypto::open_record(vault.records, seal_context(table, member_key, record_key), sealed));
    auto record = decode<T>(as_text(plain));
    wipe(plain.data(), plain.size());
    return record;
}

inline Result<std::optional<MemberRecord>> read_member(storage::Database& database, Vault const& vault,
                                                       ByteView member_key) {
    auto query = TRY(database.prepare("SELECT sealed FROM plan_member WHERE record_key = $1"));
    query.bind(1, member_key);
    std::optional<MemberRecord> record;
    if (TRY(query.step()))
        record = TRY(
            open_sealed_record<MemberRecord>(vault, "plan_member", member_key, member_key, query.blob(0)));
    return record;
}

inline Result<std::vector<CoverageRecord>> read_coverages(storage::Database& database, Vault const& vault,
                                                          ByteView member_key) {
    auto query = TRY(database.prepare("SELECT record_key, sealed FROM plan_coverage WHERE member_key = $1"));
    query.bind(1, member_key);
    std::vector<CoverageRecord> records;
    while (TRY(query.step()))
        records.push_back(TRY(open_sealed_record<CoverageRecord>(vault, "plan_coverage", member_key,
                                                                 query.blob(0), query.blob(1))));
    return records;
}

/// For those who need nothing of what the EOBs say alone (read_judged_claims, judged_claims.h).
inline Result<std::vector<StoredSummary>> read_summaries(storage::Database& database, Vault const& vault,
                                                         ByteView member_key) {
    auto query = TRY(database.prepare("SELECT record_key, summary FROM plan_eob WHERE member_key = $1"));
    query.bind(1, member_key);
    std::vector<StoredSummary> records;
    while (TRY(query.step()))
        records.push_back(TRY(open_sealed_record<StoredSummary>(vault, "plan_eob_summary", member_key,
                                                                query.blob(0), query.blob(1))));
    return records;
}

/// Every EOB of a person, one after another.
template <class Take>
Result<void> for_each_eob(storage::Database& database, Vault const& vault, ByteView member_key,
                          Take const& take) {
    auto query = TRY(database.prepare("SELECT record_key, sealed FROM plan_eob WHERE member_key = $1"));
    query.bind(1, member_key);
    while (TRY(query.step()))
        TRY(take(TRY(open_sealed_record<Eob>(vault, "plan_eob", member_key, query.blob(0), query.blob(1)))));
    return ok();
}

template <class T>
Result<std::optional<T>> read_part(storage::Database& database, std::string_view kind, std::string_view id) {
    auto query = TRY(database.prepare("SELECT body FROM plan_part WHERE kind = $1 AND record_key = $2"));
    query.bind(1, kind).bind(2, id);
    std::optional<T> record;
    if (!id.empty() && TRY(query.step()))
        record = TRY(decode<T>(query.text(0)));
    return record;
}

} // namespace portico::central
