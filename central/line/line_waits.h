#pragma once

#include "shared/base/clock.h"
#include "shared/base/result.h"
#include "shared/domain/wait_estimate.h"
#include "shared/storage/database.h"

#include <optional>
#include <vector>

/// How long people waited, and how true it was what they had been told.
namespace portico::central {

/// The latest waits that ended are measured, so many of them and no older ones: a line of this morning says
/// little of the afternoon, and yesterday's nothing.
inline constexpr std::int64_t measured_waits_max = 50;
inline constexpr std::int64_t measured_within_h = 8;

/// The latest waits, of call-backs until the first call and of held calls until they were put through, and
/// those that go on.
Result<std::vector<MeasuredWait>> measured_waits(storage::Database& database, Clock const& clock);

/// Of the last `measured_waits_max` who were told how long it takes, and of whom it is known: how many were
/// called within that, of a hundred. Not called within it are also those who still wait and those who gave up
/// after it. -1: of fewer than `measured_waits_min`.
Result<int> kept_percent(storage::Database& database, Clock const& clock);

} // namespace portico::central
