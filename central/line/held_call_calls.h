#pragma once

#include "central/http/call.h"
#include "shared/api/held_calls.h"

/// Handler of /v1/line/calls, of telephone systems. Errors: shared/api/held_calls.h.
namespace portico::central {

Result<api::HeldCallPlaces> tell_held_calls(Call& call, api::HeldCalls const& request);

} // namespace portico::central
