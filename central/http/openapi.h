#pragma once

#include <string>

namespace portico::central {

/// The OpenAPI 3.1 document of all routes, made from the route table and the described types: indented JSON
/// with a line end, the same bytes each time. Also in docs/openapi.json.
std::string openapi_document();

} // namespace portico::central
