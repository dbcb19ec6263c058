#pragma once

#include "central/http/call.h"
#include "shared/api/changes.h"

namespace portico::central {

/// GET /v1/changes. With `wait` and nothing new it sets `call.wait_s` and is asked again on news.
Result<api::ChangesPage> get_changes(Call& call, api::ChangesQuery const& query);

} // namespace portico::central
