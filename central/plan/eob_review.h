#pragma once

#include "central/plan/plan_data.h"
#include "shared/api/eob_review.h"

namespace portico::central {

/// How many versions of a claim an answer has at most.
inline constexpr std::size_t eob_versions_max = 24;

/// Of any member's EOB, for whoever has shown already that they may read it. Opens no EOB but the versions it
/// answers with: which they are, and what counted when, is in the member's overview. Errors: NotFound
/// "eob_not_found"; those of the store.
Result<api::EobReview> eob_review_of(PlanData& plan, PatientId const& patient, EobId const& id,
                                     Telling telling = Telling::All);

} // namespace portico::central
