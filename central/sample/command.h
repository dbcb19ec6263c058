#pragma once

#include <span>
#include <string>

namespace portico::central::sample {

/// `portico-central sample --out DIR [--members N] [--seed S] [--today YYYY-MM-DD]`; `args` are those after
/// "sample". Returns the exit code: 0 done, 1 failed, 2 wrong use. Writes progress to stderr.
int sample_command(std::span<std::string const> args);

} // namespace portico::central::sample
