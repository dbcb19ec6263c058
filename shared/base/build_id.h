#pragma once

#include <string>

namespace portico {

/// The running program's GNU build id, 40 hex digits: it changes with any change of the code, and with
/// nothing else. Empty when the linker wrote none. For what one build keeps and only the same build may read
/// again.
std::string const& build_id();

} // namespace portico
