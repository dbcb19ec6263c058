#pragma once

#include "central/http/call.h"
#include "shared/api/sign_in.h"
#include "shared/api/waiting_line.h"

/// Handlers of /v1/call-backs, at kiosks. Errors: shared/api/waiting_line.h.
namespace portico::central {

Result<api::CallBackPlace> ask_call_back(Call& call, api::AskCallBack const& request);
Result<api::CallBackPlace> call_back_place(Call& call, api::CallBackQuery const& query);
Result<api::Empty> cancel_call_back(Call& call, api::CancelCallBack const& request);

} // namespace portico::central
