#pragma once

#include <cstdint>
#include <string_view>

namespace portico::central {

/// The kind of an entry that says who has opened a protected record through which case. For those with
/// Right::ReviewAccess alone; its detail is the patient, the staff member and the reason, a line each.
inline constexpr std::string_view glass_broken_kind = "glass_broken";

/// When an entry of the staff queue that came at `at_us` must be done, both in microseconds since 1970, UTC.
/// Kinds that nobody gave a deadline have that of the shortest.
std::int64_t work_due_us(std::string_view kind, std::int64_t at_us);

} // namespace portico::central
