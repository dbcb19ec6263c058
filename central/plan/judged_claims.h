#pragma once

#include "central/plan/judged_eob.h"
#include "central/plan/plan_records.h"
#include "central/store/vault.h"
#include "shared/base/result.h"
#include "shared/storage/database.h"

#include <vector>

namespace portico::central {

/// A claim with what its EOB says alone. Only `read_judged_claims` makes one.
struct JudgedClaim : StoredSummary {
    JudgedEob judgement;
};

/// A person's claims. What was judged is taken where it counts (`counts_for`); an EOB of which nothing that
/// counts is kept is opened and judged anew, so what is told is right always, and fast when all is judged.
/// Errors: Corrupt when a summary, or an EOB that had to be opened, does not open.
Result<std::vector<JudgedClaim>> read_judged_claims(storage::Database& database, Vault const& vault,
                                                    ByteView member_key);

} // namespace portico::central
