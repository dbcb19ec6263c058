#include "tests/support/postgres_server.h"

#include "shared/storage/postgres/connect.h"
#include "tests/support/eventually.h"
#include "tests/support/server_user.h"

#include <csignal>
#include <fcntl.h>
#include <fstream>
#include <future>
#include <grp.h>
#include <pwd.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace portico::test {

namespace {

namespace fs = std::filesystem;

constexpr char const* folder_prefix = "portico-postgres-";

void need(bool holds, std::string const& what) {
    need_of_server(holds, what);
}

pid_t run_as_server_user(std::vector<std::string> const& argv, fs::path const& log) {
    auto const* user = server_user();
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
    folder_ = make_server_folder(folder_prefix);
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
         {"listen_addresses=", "shared_buffers=16MB", "max_connections=200", "wal_level=replica",
          "max_wal_senders=1", "max_wal_size=256MB", "autovacuum=off", "jit=off", "log_min_messages=fatal",
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

void PostgresServer::want_standby(Standby standby) const {
    auto admin = administrator();
    // What is configured, and read again, is nothing to be confirmed itself.
    admin
        .execute(standby == Standby::OneThatIsAway ? "ALTER SYSTEM SET synchronous_standby_names = 'away'"
                                                   : "ALTER SYSTEM RESET synchronous_standby_names")
        .value();
    auto reload = admin.prepare("SELECT CAST(pg_reload_conf() AS INTEGER)").value();
    need(reload.step().value(), "its configuration was not read again");
    // Each process of the server reads it when it comes to that: a commit shows that it counts.
    auto const waits = [&] {
        auto probe = std::async(std::launch::async, [&] {
            auto writer = administrator();
            auto transaction = storage::Transaction::begin(writer).value();
            writer.execute("SELECT pg_logical_emit_message(true, 'test', 'x')").value();
            return transaction.commit().has_value();
        });
        while (probe.wait_for(look_again_ms) != std::future_status::ready)
            if (end_waits_for_standby() > 0)
                return true;
        return false;
    };
    need(standby == Standby::None || eventually(waits), "it does not wait for its standby");
}

std::int64_t PostgresServer::end_waits_for_standby() const {
    auto admin = administrator();
    auto cancel = admin
                      .prepare("SELECT count(pg_cancel_backend(pid)) FROM pg_stat_activity"
                               " WHERE wait_event = 'SyncRep'")
                      .value();
    need(cancel.step().value(), "no count of what waits");
    return cancel.integer(0);
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
