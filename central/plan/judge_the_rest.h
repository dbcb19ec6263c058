#pragma once

#include "central/store/store.h"
#include "central/store/vault.h"
#include "shared/base/encoding.h"
#include "shared/base/result.h"

#include <optional>
#include <vector>

namespace portico::central {

/// Judges up to `eobs_max` EOBs which a program imported that knew nothing of it, or judged by older rules.
/// One that does not open is tried once: lists open it, and say so. How many it looked at: 0 when all is
/// done. Nothing that is told changes by it. Several nodes, of several versions, may do so at once, beside
/// imports, and what one has begun any goes on with.
Result<int> judge_the_rest(Store& store, Vault const& vault, int eobs_max = 200);

/// Its two halves. Between them anybody may write: what was judged is kept only beside the very record that
/// it was judged of, and never over what newer rules have said.
struct LateJudgement {
    Bytes member_key;
    Bytes record_key;
    Bytes content_hash;
    Bytes seal_tag;
    std::optional<Bytes> summary; ///< with what was judged; none: a record that does not open
};
Result<std::vector<LateJudgement>> judge_some(Store& store, Vault const& vault, int eobs_max);
Result<void> keep_judged(Store& store, std::vector<LateJudgement> const& judged);

} // namespace portico::central
