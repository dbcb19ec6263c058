#pragma once

#include <cstdint>
#include <string_view>

namespace portico::central {

/// The kind of an entry that says who has opened a protected record through which case. For those with
/// Right::ReviewAccess alone; its detail is the patient, the staff member and the reason, a line each.
inline constexpr std::string_view glass_broken_kind = "glass_broken";

/// The kind of an entry that asks for a second person's yes to an unlock. For those with Right::ApproveUnlock
/// alone; its detail is the patient and the staff member who asks, a line each.
inline constexpr std::string_view unlock_approval_kind = "unlock_approval";
/// The same of a recovery (central/recovery).
inline constexpr std::string_view recovery_approval_kind = "recovery_approval";
/// Either of both.
constexpr bool is_second_yes(std::string_view kind) {
    return kind == unlock_approval_kind || kind == recovery_approval_kind;
}
/// The kind of an entry that says whom to call, by the end of a day of its own.
inline constexpr std::string_view call_back_promised_kind = "call_back_promised";
/// Then the caller is no longer on the line: DESIGN, "Unlock".
inline constexpr std::int64_t unlock_approval_s = std::int64_t{15} * 60;

/// When an entry of the staff queue that came at `at_us` must be done, both in microseconds since 1970, UTC.
/// Kinds that nobody gave a deadline have that of the shortest.
std::int64_t work_due_us(std::string_view kind, std::int64_t at_us);

} // namespace portico::central
