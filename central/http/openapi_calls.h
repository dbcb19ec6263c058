#pragma once

#include "central/http/route.h"

namespace portico::central {

/// GET /v1/openapi.json
Handler openapi_handler();

} // namespace portico::central
