#pragma once

#include "central/calls/dial_calls.h"
#include "central/http/call.h"
#include "shared/api/sign_in.h"
#include "shared/api/waiting_line.h"

/// Handlers of /v1/line, at desks. Errors: shared/api/waiting_line.h.
namespace portico::central {

class WaitingLine;

/// The line as the calls of this node see it.
WaitingLine line_of(Call const& call);

/// Of tickets by which a desk's telephone dials who waits.
DialPurpose waiting_line_purpose();

Result<api::WaitingLine> waiting_line(Call& call, api::Empty const& query);
Result<api::CallBackTaken> next_call_back(Call& call, api::NextCallBack const& request);
Result<api::Empty> call_back_outcome(Call& call, api::CallBackOutcome const& request);

} // namespace portico::central
