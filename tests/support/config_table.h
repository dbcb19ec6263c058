#pragma once

#include <filesystem>
#include <string>

namespace portico::test {

/// The table `name` of a TOML file that central wrote holds `lines` from now on, and nothing else. Fails the
/// test when there is no such table.
void set_config_table(std::filesystem::path const& file, std::string const& name, std::string const& lines);

} // namespace portico::test
