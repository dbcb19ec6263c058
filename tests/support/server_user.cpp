#include "tests/support/server_user.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <unistd.h>

namespace portico::test {

namespace {

namespace fs = std::filesystem;

/// A server with what tests write takes some 100 MB, and several tests run at once.
constexpr std::uintmax_t memory_wanted_bytes = std::uintmax_t{2} << 30U;

void remove_what_is_left(fs::path const& root, std::string const& prefix) {
    std::error_code ignored;
    for (auto const& entry : fs::directory_iterator(root, ignored)) {
        auto const name = entry.path().filename().string();
        if (name.rfind(prefix, 0) != 0)
            continue;
        auto const owner = static_cast<pid_t>(std::atol(name.c_str() + prefix.size()));
        if (owner > 0 && ::kill(owner, 0) != 0 && errno == ESRCH)
            fs::remove_all(entry.path(), ignored);
    }
}

} // namespace

void need_of_server(bool holds, std::string const& what) {
    if (!holds)
        throw std::runtime_error("PostgreSQL for a test: " + what);
}

passwd const* server_user() {
    return ::getuid() == 0 ? ::getpwnam("postgres") : nullptr;
}

void give_to_server_user(fs::path const& folder) {
    auto const* user = server_user();
    if (user == nullptr)
        return;
    bool given = ::chown(folder.c_str(), user->pw_uid, user->pw_gid) == 0;
    for (auto const& entry : fs::recursive_directory_iterator(folder))
        given = given && ::chown(entry.path().c_str(), user->pw_uid, user->pw_gid) == 0;
    need_of_server(given, "its folder cannot be given to its user");
}

fs::path server_program(std::string const& name) {
    // One folder a release.
    fs::path const root = "/usr/lib/postgresql";
    fs::path found;
    if (fs::exists(root))
        for (auto const& release : fs::directory_iterator(root))
            if (fs::exists(release.path() / "bin" / name))
                found = std::max(found, release.path() / "bin" / name);
    need_of_server(!found.empty() && (::getuid() != 0 || server_user() != nullptr),
                   "Debian's package postgresql is missing: ./portico test installs it");
    return found;
}

fs::path make_server_folder(std::string const& prefix) {
    fs::path const memory = "/dev/shm";
    std::error_code none;
    bool const roomy = fs::space(memory, none).available > memory_wanted_bytes && !none;
    auto const root = roomy && ::access(memory.c_str(), W_OK) == 0 ? memory : fs::temp_directory_path();
    remove_what_is_left(root, prefix);
    auto folder = root / (prefix + std::to_string(::getpid()));
    fs::remove_all(folder);
    fs::create_directories(folder);
    return folder;
}

} // namespace portico::test
