#pragma once

#include "central/http/call.h"
#include "shared/api/diagnostics.h"
#include "shared/api/sign_in.h"

namespace portico::central {

/// POST /v1/terminal/diagnostics.
Result<api::Empty> keep_kiosk_diagnostics(Call& call, api::KioskDiagnostics const& request);

} // namespace portico::central
