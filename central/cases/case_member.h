#pragma once

#include "central/cases/case_book.h"
#include "central/http/call.h"
#include "central/plan/plan_records.h"

namespace portico::central {

/// Whom a case is about, as imported.
struct CaseMemberRecord {
    CaseFile file;
    MemberRecord record;
};

/// By an open case of the caller's own that is about somebody. Sets what the audit says of it. Errors:
/// NotFound "case_unknown"; Refused "own_matter".
Result<CaseMemberRecord> member_of_case(Call& call, storage::Database& database, std::string const& id);
/// As before. Errors: as before; Refused "break_glass_needed".
Result<CaseMemberRecord> opened_member_of_case(Call& call, storage::Database& database,
                                               std::string const& id);

/// As before, of a caller who has shown to be the member. Errors: as before; Refused "verification_needed".
Result<CaseMemberRecord> verified_member_of_case(Call& call, storage::Database& database,
                                                 std::string const& id);
/// As before, by a proof that is not the weaker one. Errors: as before; Refused
/// "verification_stronger_needed".
Result<CaseMemberRecord> surely_verified_member_of_case(Call& call, storage::Database& database,
                                                        std::string const& id);

} // namespace portico::central
