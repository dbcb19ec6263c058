#pragma once

#include <filesystem>

namespace portico::test {

/// Writes into `folder` what a caller does as tests/phone/caller.xml has it, but for the speech: sipp's own
/// recording of seven seconds over and over, for minutes. The scenario, for `PhoneBench::add_caller`.
std::filesystem::path write_long_speech(std::filesystem::path const& folder);

} // namespace portico::test
