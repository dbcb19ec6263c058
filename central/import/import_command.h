#pragma once

#include <string>
#include <vector>

namespace portico::central {

/// `portico-central import --data DIR [--report FILE] PATH...`. `args` follow the word "import".
/// Exit codes: 0 done (rejects are listed, not failures), 1 failed, 2 wrong use.
int import_command(std::vector<std::string> const& args);

} // namespace portico::central
