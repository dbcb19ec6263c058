#pragma once

#include "central/operations/rule.h"
#include "shared/api/ringing.h"
#include "shared/base/clock.h"
#include "shared/base/ids.h"
#include "shared/storage/database.h"

#include <string>

/// Who might ring.
namespace portico::central {

/// Initials that a rep is shown, and members of one number that are looked at.
inline constexpr std::size_t candidates_shown_max = 5;
inline constexpr std::int64_t callers_max = 64;
/// Numbers that one staff member may ask about within the 60 minutes before now.
inline constexpr std::int64_t hour_candidates_max = 120;

/// Members whose phone number in force is this one, `number` as `e164` gives it. Of protected records there
/// is no word.
Result<api::Candidates> candidates_of(storage::Database& database, RuleTools const& tools,
                                      std::string const& number);

/// One more question of this staff member, over every desk and node. Inside the caller's write transaction.
/// Errors: TooMany "candidates_hour_full", with when to ask again.
Result<void> count_ring(storage::Database& database, Clock const& clock, StaffId const& staff);

} // namespace portico::central
