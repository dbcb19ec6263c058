#pragma once

#include "central/plan/find_keys.h"
#include "central/store/vault.h"
#include "shared/api/cases.h"
#include "shared/base/ids.h"
#include "shared/base/result.h"
#include "shared/storage/database.h"

#include <optional>
#include <string>

namespace portico::central {

/// What a caller says of themselves, as it is compared. Empty: not said.
struct CallerFacts {
    std::string member_id;
    FindFacts others;
};

/// Errors: InvalidInput "facts_few", "member_id_invalid", "name_invalid", "birth_date_invalid",
/// "zip_invalid".
Result<CallerFacts> caller_facts(api::IdentifyCaller const& request);

/// The one member whom all facts fit; nothing for none, for several, and for facts that do not agree: all at
/// the cost of one statement. More than `candidates_max` people behind the same two facts count as several.
inline constexpr std::size_t candidates_max = 64;
Result<std::optional<PatientId>> find_caller(storage::Database& database, Vault const& vault,
                                             CallerFacts const& facts);

} // namespace portico::central
