#include "central/commands/server_tools.h"

#include <cerrno>
#include <spawn.h>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace portico::central {

namespace {

/// The exit code. Errors: Unavailable "server_tool_missing".
Result<int> run(std::vector<std::string> argv, std::string const& password) {
    std::vector<char*> arguments;
    arguments.reserve(argv.size() + 1);
    for (auto& each : argv)
        arguments.push_back(each.data());
    arguments.push_back(nullptr);
    std::vector<std::string> kept;
    for (char** each = environ; *each != nullptr; ++each)
        kept.emplace_back(*each);
    if (!password.empty())
        kept.insert(kept.begin(), "PGPASSWORD=" + password); // the first of a name counts
    std::vector<char*> environment;
    environment.reserve(kept.size() + 1);
    for (auto& each : kept)
        environment.push_back(each.data());
    environment.push_back(nullptr);
    pid_t child = -1;
    int const failed =
        ::posix_spawnp(&child, arguments[0], nullptr, nullptr, arguments.data(), environment.data());
    if (failed != 0)
        return error(ErrorKind::Unavailable, "server_tool_missing",
                     "cannot run " + argv[0] + ": install Debian's package postgresql-client");
    int status = -1;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

} // namespace

Result<void> dump_database(storage::PostgresAddress const& address, std::filesystem::path const& file) {
    auto const partial = file.string() + ".partial";
    // Most of it is sealed, and stands there in hexadecimal: more work than this makes it no smaller.
    auto const code = TRY(run({"pg_dump", "--format=custom", "--compress=1", "--no-owner", "--no-privileges",
                               "--no-password", "--file=" + partial, "--dbname=" + address.without_secrets()},
                              address.password()));
    std::error_code failed;
    if (code == 0)
        std::filesystem::rename(partial, file, failed);
    if (code == 0 && !failed)
        return ok();
    std::filesystem::remove(partial, failed);
    return error(ErrorKind::Unavailable, "backup_failed",
                 "pg_dump could not copy the database at " + address.shown() + ": see its words above");
}

Result<void> fill_database(storage::PostgresAddress const& address, std::filesystem::path const& file) {
    auto const code =
        TRY(run({"pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges",
                 "--no-password", "--dbname=" + address.without_secrets(), file.string()},
                address.password()));
    if (code != 0)
        return error(ErrorKind::Unavailable, "restore_failed",
                     "pg_restore could not fill the database at " + address.shown() +
                         ": see its words above");
    return ok();
}

} // namespace portico::central
