#pragma once

#include "central/plan/plan_keys.h"
#include "shared/base/result.h"
#include "shared/storage/database.h"

#include <string>
#include <vector>

namespace portico::central {

/// The keys of all who stand under a subscriber's number (`plain_number`) by a coverage on file, whenever
/// that was or is good; nobody when the number is no real one (`PlanData::family_size_max`).
Result<std::vector<Bytes>> household(storage::Database& database, Vault const& vault,
                                     std::string const& subscriber);

} // namespace portico::central
