#pragma once

#include "central/http/call.h"
#include "shared/api/sign_in.h"
#include "shared/api/work.h"

namespace portico::central {

/// GET /v1/staff/me.
Result<api::StaffMe> staff_me(Call& call, api::Empty const& request);

} // namespace portico::central
