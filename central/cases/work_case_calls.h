#pragma once

#include "central/http/call.h"
#include "central/http/rendered.h"
#include "shared/api/eob_review.h"
#include "shared/api/member.h"
#include "shared/api/work_case.h"

/// Handlers of the case of an entry of the staff queue. Errors: shared/api/work_case.h.
namespace portico::central {

Result<api::WorkCaseOpened> open_work_case(Call& call, api::OpenWorkCase const& request);
Result<api::CaseMatter> case_matter(Call& call, api::CaseMatterQuery const& query);
Result<Rendered<api::EobDetail>> matter_eob(Call& call, api::MatterEobQuery const& query);

/// Whose EOB this is, if it is what the entry of the case is about, and the caller has that entry; nothing
/// for any other case or EOB. Errors: those of the store.
Result<std::optional<PatientId>> patient_of_matter(Call& call, storage::Database& database,
                                                   api::CaseEobReviewQuery const& query);

} // namespace portico::central
