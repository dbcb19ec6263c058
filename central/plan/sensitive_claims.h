#pragma once

#include "central/plan/judged_claims.h"

#include <vector>

namespace portico::central {

/// Takes a member's sensitive claims out, and all versions of them. `claims` are the member's own, whose
/// links are resolved among them.
void leave_out_sensitive(std::vector<JudgedClaim>& claims);

} // namespace portico::central
