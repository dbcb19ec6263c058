#pragma once

#include <string>

namespace portico {

/// Overwrites what still stands behind the end of a text that was longer before.
void wipe_behind_end(std::string& text);

} // namespace portico
