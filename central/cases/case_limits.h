#pragma once

#include "central/cases/case_book.h"

#include <cstdint>

/// How much one staff member may find and open. All of it is counted in the store, in the transaction of what
/// it counts, so that it holds over every desk and node. An hour is the 60 minutes before now.
namespace portico::central {

inline constexpr std::int64_t case_tries_max = 5;
inline constexpr std::int64_t hour_tries_max = 30;
inline constexpr std::int64_t hour_records_max = 30;

/// Before anything is looked up: whether this staff member may try to find somebody for this case now.
/// Errors: TooMany "tries_case_full", "tries_hour_full" (with when to try again); Refused
/// "records_hour_full".
Result<void> check_may_find(storage::Database& database, Clock const& clock, CaseFile const& file);
/// Before a record is bound to a case without a try. Errors: Refused "records_hour_full".
Result<void> check_may_open_record(storage::Database& database, Clock const& clock, CaseFile const& file);
/// A try that found nobody. How many the case has left.
Result<int> count_try(storage::Database& database, Clock const& clock, CaseFile const& file);
/// A member's record that the owner of this case may open from now on; each counts once an hour.
Result<void> count_record(storage::Database& database, Vault const& vault, Clock const& clock,
                          CaseFile const& file);
/// `hour_records_max` more within the hour. Errors: NotFound "colleague_unknown"; Refused "not_for_oneself".
Result<void> allow_more_records(storage::Database& database, Vault const& vault, Clock const& clock,
                                StaffId const& by, StaffId const& staff);

} // namespace portico::central
