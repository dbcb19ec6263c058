#pragma once

#include "shared/base/result.h"
#include "shared/storage/database.h"

#include <cstdint>
#include <string_view>

/// Counters of the plan's data. They only grow, inside the transaction of what they count.
namespace portico::central {

/// Grows with every batch that changed a personal record: what was computed from them is stale then.
inline constexpr std::string_view personal_revision = "personal_revision";
/// Grows with every batch that changed a part of the directory or a plan.
inline constexpr std::string_view parts_revision = "parts_revision";
/// The parts revision that the published listings and plans were made from.
inline constexpr std::string_view published_revision = "published_revision";
/// The last position given in the feed of published listings and plans.
inline constexpr std::string_view feed_position = "feed_position";

/// 0 when it was never set.
inline Result<std::int64_t> plan_state(storage::Database& database, std::string_view name) {
    auto query = TRY(database.prepare("SELECT value FROM plan_state WHERE name = $1"));
    query.bind(1, name);
    return TRY(query.step()) ? query.integer(0) : 0;
}

/// Of all that is worked out for a member: it moves when any of it may have changed.
inline Result<std::int64_t> plan_data_revision(storage::Database& database) {
    return TRY(plan_state(database, personal_revision)) + TRY(plan_state(database, parts_revision));
}

inline Result<void> set_plan_state(storage::Database& database, std::string_view name, std::int64_t value) {
    auto update = TRY(database.prepare("INSERT INTO plan_state (name, value) VALUES ($1, $2)"
                                       " ON CONFLICT (name) DO UPDATE SET value = excluded.value"));
    return update.bind(1, name).bind(2, value).run();
}

/// The next value, from 1.
inline Result<std::int64_t> next_plan_state(storage::Database& database, std::string_view name) {
    auto update = TRY(
        database.prepare("INSERT INTO plan_state (name, value) VALUES ($1, 1)"
                         " ON CONFLICT (name) DO UPDATE SET value = plan_state.value + 1 RETURNING value"));
    update.bind(1, name);
    TRY(update.step());
    auto const value = update.integer(0);
    while (TRY(update.step())) {
    }
    return value;
}

} // namespace portico::central
