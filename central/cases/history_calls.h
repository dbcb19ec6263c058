#pragma once

#include "central/http/call.h"
#include "shared/api/case_history.h"
#include "shared/api/member.h"
#include "shared/api/sign_in.h"

/// Handlers of what was said and asked for about the member of a case. Errors: shared/api/case_history.h.
namespace portico::central {

Result<api::Empty> add_case_note(Call& call, api::AddNote const& request);
Result<api::CaseNotes> case_notes(Call& call, api::CaseNotesQuery const& query);
Result<api::EarlierCases> earlier_cases(Call& call, api::EarlierCasesQuery const& query);
Result<api::Requests> case_requests(Call& call, api::CaseRequestsQuery const& query);

} // namespace portico::central
