#include "tests/support/postgres_server.h"

#include "shared/storage/postgres/connect.h"
#include "tests/support/eventually.h"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <functional>
#include <grp.h>
#include <pwd.h>
#include <stdexcept>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace portico::test {

namespace {

namespace fs = std::filesystem;

/// A server with what tests write takes some 100 MB, and several tests run at once.
constexpr std::uintmax_t memory_wanted_bytes = std::uintmax_t{2} << 30U;

/// A failed test under Catch2, which benchmarks that use this do without.
void need(bool holds, std::string const& what) {
    if (!holds)
        throw std::runtime_error("PostgreSQL for a test: " + what);
}

constexpr char const* folder_prefix = "portico-postgres-";

/// Folders of test processes that ended by a signal: they hold memory.
void remove_what_is_left(fs::path const& root) {
    std::error_code ignored;
    for (auto const& entry : fs::directory_iterator(root, ignored)) {
        auto const name = entry.path().filename().string();
        if (name.rfind(folder_prefix, 0) != 0)
            continue;
        auto const owner = static_cast<pid_t>(std::atol(name.c_str() + std::strlen(folder_prefix)));
        if (owner > 0 && ::kill(owner, 0) != 0 && errno == ESRCH)
            fs::remove_all(entry.path(), ignored);
    }
}

/// PostgreSQL refuses to run as root.
passwd const* other_user() {
    return ::getuid() == 0 ? ::getpwnam("postgres") : nullptr;
}

void give_to_server_user(fs::path const& folder) {
    auto const* user = other_user();
    if (user == nullptr)
        return;
    bool given = ::chown(folder.c_str(), user->pw_uid, user->pw_gid) == 0;
    for (auto const& entry : fs::recursive_directory_iterator(folder))
        given = given && ::chown(entry.path().c_str(), user->pw_uid, user->pw_gid) == 0;
    need(given, "its folder cannot be given to its user");
}

/// Debian's package keeps the programs out of the PATH: one folder a release.
fs::path server_program(std::string const& name) {
    fs::path const root = "/usr/lib/postgresql";
    fs::path found;
    if (fs::exists(root))
        for (auto const& release : fs::directory_iterator(root))
            if (fs::exists(release.path() / "bin" / name))
                found = std::max(found, release.path() / "bin" / name);
    need(!found.empty() && (::getuid() != 0 || other_user() != nullptr),
         "Debian's package postgresql is missing: ./portico test installs it");
    return found;
}

pid_t run_as_server_user(std::vector<std::string> const& argv, fs::path const& log) {
    auto const* user = other_user();
    std::vector<char*> arguments;
    for (auto const& each : argv)
        arguments.push_back(const_cast<char*>(each.c_str()));
    arguments.push_back(nullptr);
    int const out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    pid_t const parent = ::getpid();
    pid_t const child = ::fork();
    if (child == 0) {
        ::dup2(out, 1);
        ::dup2(out, 2);
        bool const changed = user == nullptr || (::setgroups(0, nullptr) == 0 &&
                                                 ::setgid(user->pw_gid) == 0 && ::setuid(user->pw_uid) == 0);
        // Goes when the test's process goes, even by SIGKILL; set after the user, whose change forgets it.
        ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
        if (!changed || ::getppid() != parent)
            ::_exit(126);
        ::execv(arguments[0], arguments.data());
        ::_exit(127);
    }
    ::close(out);
    need(child > 0, "no process to be had");
    return child;
}

std::string contents(fs::path const& file) {
    std::ifstream stream(file);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

/// An initialised data folder, made once for a build: making one takes longer than most tests.
fs::path template_folder() {
    auto const folder = fs::read_symlink("/proc/self/exe").parent_path().parent_path() / "postgres-template";
    int const lock = ::open((folder.string() + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    need(lock >= 0 && ::flock(lock, LOCK_EX) == 0, "no lock beside " + folder.string());
    if (!fs::exists(folder)) {
        // Where the server's user may write; then it is moved.
        fs::path const work = fs::temp_directory_path() / ("portico-initdb-" + std::to_string(::getpid()));
        fs::remove_all(work);
        fs::create_directories(work / "data");
        give_to_server_user(work);
        pid_t const maker = run_as_server_user({server_program("initdb").string(), "--pgdata",
                                                (work / "data").string(), "--username=postgres",
                                                "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"},
                                               work / "log");
        int status = -1;
        ::waitpid(maker, &status, 0);
        need(status == 0, contents(work / "log"));
        auto const partial = fs::path(folder.string() + ".partial");
        fs::remove_all(partial);
        fs::copy(work / "data", partial, fs::copy_options::recursive);
        fs::rename(partial, folder);
        fs::remove_all(work);
    }
    ::close(lock);
    return folder;
}

} // namespace

PostgresServer& PostgresServer::ours() {
    static PostgresServer server;
    return server;
}

PostgresServer::PostgresServer() {
    // Memory, where there is some: commits wait for the disk, and the tests need not.
    fs::path const memory = "/dev/shm";
    std::error_code none;
    bool const roomy = fs::space(memory, none).available > memory_wanted_bytes && !none;
    auto const root = roomy && ::access(memory.c_str(), W_OK) == 0 ? memory : fs::temp_directory_path();
    remove_what_is_left(root);
    folder_ = root / (folder_prefix + std::to_string(::getpid()));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    fs::copy(template_folder(), folder_ / "data", fs::copy_options::recursive);
    fs::permissions(folder_ / "data", fs::perms::owner_all);
    give_to_server_user(folder_);
    start();
}

PostgresServer::~PostgresServer() {
    stop();
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

void PostgresServer::start() {
    std::vector<std::string> argv{server_program("postgres").string(), "-D", (folder_ / "data").string()};
    for (auto const& setting :
         {"listen_addresses=", "shared_buffers=16MB", "max_connections=200", "wal_level=minimal",
          "max_wal_senders=0", "max_wal_size=256MB", "autovacuum=off", "jit=off", "log_min_messages=fatal",
          "logging_collector=off"})
        argv.insert(argv.end(), {"-c", setting});
    argv.insert(argv.end(), {"-c", "unix_socket_directories=" + folder_.string()});
    process_ = run_as_server_user(argv, folder_ / "log");
    auto const there = storage::PostgresAddress::parse(address("postgres")).value();
    bool ended = false;
    bool const answers = eventually(
        [&] {
            ended = ::waitpid(process_, nullptr, WNOHANG) == process_;
            return ended || storage::connect_postgres(there).has_value();
        },
        std::chrono::seconds(60));
    need(!ended && answers, contents(folder_ / "log"));
}

void PostgresServer::stop() {
    ::kill(process_, SIGQUIT);
    ::waitpid(process_, nullptr, 0);
}

void PostgresServer::crash_and_start_again() {
    stop();
    start();
}

std::string PostgresServer::address(std::string const& database) const {
    std::string host;
    for (char const c : folder_.string())
        host += c == '/' ? "%2F" : std::string(1, c);
    return "postgresql://postgres@" + host + "/" + database;
}

storage::Database PostgresServer::administrator() const {
    auto const there = storage::PostgresAddress::parse(address("postgres")).value();
    return storage::connect_postgres(there).value();
}

std::string PostgresServer::new_database(std::string const& encoding, std::string const& language) {
    auto const name = "test_" + std::to_string(++databases_);
    administrator()
        .execute("CREATE DATABASE " + name + " TEMPLATE template0 ENCODING '" + encoding +
                 "' LC_COLLATE 'C' LC_CTYPE 'C'" +
                 (language.empty() ? "" : " LOCALE_PROVIDER icu ICU_LOCALE '" + language + "'"))
        .value();
    return address(name);
}

void PostgresServer::cut_connections(std::string const& address) const {
    auto admin = administrator();
    auto cut =
        admin
            .prepare(
                "SELECT count(pg_terminate_backend(pid, 20000)) FROM pg_stat_activity WHERE datname = $1")
            .value();
    cut.bind(1, address.substr(address.rfind('/') + 1));
    need(cut.step().value(), "no count of what was cut");
}

} // namespace portico::test
