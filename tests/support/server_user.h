#pragma once

#include <filesystem>
#include <pwd.h>
#include <string>

/// What servers of PostgreSQL need that run for a test: it refuses to run as root. Without Catch2, for the
/// benches as well.
namespace portico::test {

/// Throws, which fails a test, unless it holds.
void need_of_server(bool holds, std::string const& what);
/// Whom the servers run as; nullptr: as we do.
passwd const* server_user();
/// A folder and all that is in it.
void give_to_server_user(std::filesystem::path const& folder);
/// A program of Debian's package `postgresql`, which keeps them out of the PATH. Throws when it is missing.
std::filesystem::path server_program(std::string const& name);
/// A new, empty folder of this process: in memory where there is room, as commits wait for the disk and tests
/// need not. Those of processes that ended by a signal are removed.
std::filesystem::path make_server_folder(std::string const& prefix);

} // namespace portico::test
