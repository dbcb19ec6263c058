#pragma once

#include "central/http/call.h"
#include "shared/api/cases.h"
#include "shared/api/sign_in.h"

/// Handlers of /v1/cases. Errors: shared/api/cases.h.
namespace portico::central {

Result<api::CaseOpened> open_case(Call& call, api::OpenCase const& request);
Result<api::Empty> change_case_reason(Call& call, api::ChangeCaseReason const& request);
Result<api::CaseList> list_cases(Call& call, api::CasesQuery const& query);
Result<api::CaseItem> take_case(Call& call, api::TakeCase const& request);
Result<api::Empty> close_case(Call& call, api::CloseCase const& request);
Result<api::CaseLevel> identify_caller(Call& call, api::IdentifyCaller const& request);
Result<api::Empty> allow_more(Call& call, api::AllowMore const& request);

} // namespace portico::central
