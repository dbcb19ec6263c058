#include "central/plan/judged_claims.h"

#include "central/plan/personal_reads.h"

#include <map>
#include <optional>
#include <string>
#include <utility>

namespace portico::central {

namespace {

/// Nothing when none is kept that counts. A shape that this program does not know is of other rules.
std::optional<JudgedEob> kept_judgement(std::optional<std::string> const& kept, std::string_view seal) {
    if (!kept)
        return std::nullopt;
    auto read = decode<JudgedEob>(*kept);
    if (read.has_error() || !counts_for(read.value(), seal))
        return std::nullopt;
    return std::move(read.value());
}

using UnjudgedClaims = std::map<Bytes, JudgedClaim*>;

/// One pass over all of the person's, as every list took before anything was judged: so many single reads
/// would take a server's round trip each.
Result<void> judge_now(storage::Database& database, Vault const& vault, ByteView member_key,
                       UnjudgedClaims unjudged) {
    auto query = TRY(database.prepare("SELECT record_key, sealed FROM plan_eob WHERE member_key = $1"));
    query.bind(1, member_key);
    while (TRY(query.step())) {
        auto const found = unjudged.find(query.blob(0));
        if (found == unjudged.end())
            continue;
        auto const sealed = query.blob(1);
        auto const eob = TRY(open_sealed_record<Eob>(vault, "plan_eob", member_key, found->first, sealed));
        found->second->judgement = judge(eob, sealed);
        unjudged.erase(found);
    }
    // Both looks are of one transaction. Were they not: what nobody has judged is told to nobody.
    if (!unjudged.empty())
        return error(ErrorKind::Internal, "eob_not_judged", "an EOB went while its member's were read");
    return ok();
}

} // namespace

Result<std::vector<JudgedClaim>> read_judged_claims(storage::Database& database, Vault const& vault,
                                                    ByteView member_key) {
    auto query = TRY(database.prepare("SELECT record_key, summary, " + std::string(eob_seal_tag_sql) +
                                      " FROM plan_eob WHERE member_key = $1"));
    query.bind(1, member_key);
    std::vector<JudgedClaim> claims;
    std::map<Bytes, std::size_t> unjudged;
    while (TRY(query.step())) {
        auto const record_key = query.blob(0);
        JudgedClaim claim;
        static_cast<StoredSummary&>(claim) = TRY(open_sealed_record<StoredSummary>(
            vault, "plan_eob_summary", member_key, record_key, query.blob(1)));
        if (auto kept = kept_judgement(claim.judged, eob_seal(query.blob(2))))
            claim.judgement = std::move(*kept);
        else
            unjudged.emplace(record_key, claims.size());
        claim.judged.reset();
        claims.push_back(std::move(claim));
    }
    if (unjudged.empty())
        return claims;
    UnjudgedClaims places;
    for (auto const& [key, index] : unjudged)
        places.emplace(key, &claims[index]);
    TRY(judge_now(database, vault, member_key, std::move(places)));
    return claims;
}

} // namespace portico::central
