#pragma once

#include "central/store/vault.h"
#include "shared/base/encoding.h"
#include "shared/base/result.h"
#include "shared/domain/date.h"
#include "shared/storage/database.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// The reply to a read of one EOB, kept sealed from its first read on: working it out takes the family's
/// records and the directory, opening it again takes one row. It is good for the plan's data, the day and the
/// build of central that it was made with; an import clears them all.
namespace portico::central {

/// What a rendering is of, and what it was made from.
struct RenderedEobKey {
    Bytes member_key; ///< plan_key "member"
    Bytes record_key; ///< plan_key "eob"
    Date day;         ///< of the overview
};

/// The JSON kept for `key` under the plan's present revision; empty when there is none, or none that
/// opens. Errors: those of the database.
Result<std::optional<std::string>> read_rendered_eob(storage::Database& database, Vault const& vault,
                                                     RenderedEobKey const& key);

/// Keeps `json`, which was made from the plan's data at `revision`; does nothing when an import was faster.
Result<void> keep_rendered_eob(storage::Database& database, Vault const& vault, RenderedEobKey const& key,
                               std::int64_t revision, std::string_view json);

/// Within the transaction that changes what they were made from.
Result<void> clear_rendered_eobs(storage::Database& database);

} // namespace portico::central
