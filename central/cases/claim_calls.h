#pragma once

#include "central/http/call.h"
#include "central/http/rendered.h"
#include "shared/api/case_claims.h"
#include "shared/api/eob_review.h"
#include "shared/api/member.h"

/// Handlers of a member's claims, read through a case. Errors: shared/api/case_claims.h.
namespace portico::central {

Result<api::ClaimsPage> case_claims(Call& call, api::CaseClaimsQuery const& query);
Result<Rendered<api::EobDetail>> case_eob(Call& call, api::CaseEobQuery const& query);
Result<api::EobReview> case_eob_review(Call& call, api::CaseEobReviewQuery const& query);

} // namespace portico::central
