#pragma once

#include <string>
#include <vector>

namespace portico::central {

/// `portico-central inspect --data DIR member PATIENT_ID | directory --specialty CODE --zip ZIP | formulary
/// PLAN`. `args` follow the word "inspect". Exit codes: 0 done, 1 failed, 2 wrong use.
int inspect_command(std::vector<std::string> const& args);

} // namespace portico::central
