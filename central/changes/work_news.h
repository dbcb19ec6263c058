#pragma once

#include "central/store/counter.h"

namespace portico::central {

/// Counts the changes of what waits for staff: one number for all desks, however many there are.
inline constexpr std::string_view work_feed = "work";

/// Every desk is told that what waits for staff has changed. Inside the write transaction that changes it.
Result<void> note_work_changed(storage::Database& database);

} // namespace portico::central
