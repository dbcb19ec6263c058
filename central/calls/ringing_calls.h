#pragma once

#include "central/http/call.h"
#include "shared/api/ringing.h"

/// Handlers of /v1/calls. Errors: shared/api/ringing.h.
namespace portico::central {

Result<api::Candidates> call_candidates(Call& call, api::CallerNumber const& request);

} // namespace portico::central
