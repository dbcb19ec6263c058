#pragma once

#include <string>

namespace portico::central {

/// What --help prints.
char const* help_text();
/// True for commands that explain themselves.
inline bool has_own_help(std::string const& command) {
    return command == "import" || command == "inspect" || command == "account" || command == "sample";
}

} // namespace portico::central
