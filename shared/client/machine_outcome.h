#pragma once

#include "shared/api/release.h"

#include <filesystem>
#include <optional>
#include <string_view>

namespace portico::client {

/// How the machine's own part of an update ended: {"version":"0.5.0","outcome":"installed","reason":""}, with
/// "installed" or "refused"; the version is empty where the machine did not believe any. Nothing for any
/// other text. Of the reason is kept what central takes: 200 characters of printable ASCII, "?" for each
/// other byte.
std::optional<api::UpdateOutcome> parse_machine_outcome(std::string_view text);
/// The same of a file; nothing when there is none, or none of at most 4 KiB.
std::optional<api::UpdateOutcome> read_machine_outcome(std::filesystem::path const& file);

} // namespace portico::client
