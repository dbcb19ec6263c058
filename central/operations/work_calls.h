#pragma once

#include "central/http/call.h"
#include "shared/api/sign_in.h"
#include "shared/api/work.h"

namespace portico::central {

/// GET /v1/work.
Result<api::WorkList> list_work(Call& call, api::WorkQuery const& query);
/// POST /v1/work/take.
Result<api::WorkItem> take_work(Call& call, api::TakeWork const& request);
/// POST /v1/work/give-back.
Result<api::Empty> give_work_back(Call& call, api::GiveWorkBack const& request);
/// POST /v1/work/hand-over.
Result<api::Empty> hand_work_over(Call& call, api::HandWorkOver const& request);
/// POST /v1/work/decide.
Result<api::Empty> decide_work(Call& call, api::DecideWork const& request);

} // namespace portico::central
