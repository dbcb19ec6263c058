#pragma once

#include "central/cases/case_book.h"
#include "central/plan/plan_records.h"

#include <string_view>

/// Records of which many are curious, and the glass before them.
namespace portico::central {

/// Whether the plan says so of the record (MemberRecord::restricted), or the member is a colleague.
Result<bool> is_protected(storage::Database& database, MemberRecord const& record);
/// Whether the case's owner has broken the glass for it.
Result<bool> glass_is_broken(storage::Database& database, CaseFile const& file);
/// Whether somebody had broken it for a case until a moment.
Result<bool> glass_was_broken(storage::Database& database, std::string const& case_id, StaffId const& staff,
                              UtcTime at);
inline constexpr std::size_t glass_reason_characters_min = 10;
inline constexpr std::size_t glass_reason_characters_max = 500;
/// True the first time. Errors: InvalidInput "glass_reason_invalid".
Result<bool> break_glass_of(storage::Database& database, Vault const& vault, Clock const& clock,
                            CaseFile const& file, std::string_view reason);

} // namespace portico::central
