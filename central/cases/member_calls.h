#pragma once

#include "central/http/call.h"
#include "shared/api/case_member.h"
#include "shared/api/sign_in.h"

/// Handlers that read a member's record through a case. Errors: shared/api/case_member.h.
namespace portico::central {

Result<api::CaseMember> read_case_member(Call& call, api::CaseMemberQuery const& query);
Result<api::RevealedField> reveal_field(Call& call, api::RevealField const& request);
Result<api::Empty> break_glass(Call& call, api::BreakGlass const& request);

} // namespace portico::central
