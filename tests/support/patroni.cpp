#include "tests/support/patroni.h"

#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/support/server_user.h"

#include <arpa/inet.h>
#include <boost/json.hpp>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace portico::test {

namespace {

namespace fs = std::filesystem;

constexpr char const* folder_prefix = "portico-patroni-";
constexpr std::chrono::seconds settled_within{120};

/// The answer to "GET path", head and all; empty when there is none within a second.
std::string http_get(std::string const& host, std::uint16_t port, std::string const& path) {
    int const handle = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    timeval const patience{1, 0};
    ::setsockopt(handle, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(handle, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    ::inet_pton(AF_INET, host.c_str(), &address.sin_addr);
    auto const request = "GET " + path + " HTTP/1.0\r\n\r\n";
    std::string answer;
    if (::connect(handle, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 &&
        ::send(handle, request.data(), request.size(), MSG_NOSIGNAL) ==
            static_cast<ssize_t>(request.size())) {
        char part[4096];
        for (ssize_t got = ::read(handle, part, sizeof part); got > 0;
             got = ::read(handle, part, sizeof part))
            answer.append(part, static_cast<std::size_t>(got));
    }
    ::close(handle);
    return answer;
}

/// As the servers' user, gone when the test's process goes, however that ends.
std::vector<std::string> as_server_user(std::string const& signal, std::vector<std::string> command) {
    std::vector<std::string> whole{"setpriv", "--pdeathsig", signal};
    if (auto const* user = server_user(); user != nullptr)
        whole.insert(whole.end(), {"--reuid", std::to_string(user->pw_uid), "--regid",
                                   std::to_string(user->pw_gid), "--clear-groups"});
    whole.insert(whole.end(), command.begin(), command.end());
    return whole;
}

/// Fields of /proc/PID/stat behind the name: 0 is the state, 1 the parent.
std::string stat_field(pid_t process, int field) {
    std::ifstream stream("/proc/" + std::to_string(process) + "/stat");
    std::string const text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    std::istringstream fields(text.empty() ? "" : text.substr(text.rfind(')') + 1));
    std::string value;
    for (int at = 0; at <= field; ++at)
        fields >> value;
    return value;
}

bool is_gone(pid_t process) {
    auto const state = stat_field(process, 0);
    return state.empty() || state == "Z";
}

/// A server with its children; empty when it does not run.
std::vector<pid_t> processes_of_server(fs::path const& data) {
    std::ifstream file(data / "postmaster.pid");
    pid_t server = 0;
    if (!(file >> server) || is_gone(server))
        return {};
    std::vector<pid_t> found{server};
    for (auto const& entry : fs::directory_iterator("/proc")) {
        auto const process = static_cast<pid_t>(std::atol(entry.path().filename().c_str()));
        if (process > 0 && stat_field(process, 1) == std::to_string(server))
            found.push_back(process);
    }
    return found;
}

void kill_all(std::vector<pid_t> const& processes) {
    for (auto const each : processes)
        ::kill(each, SIGKILL);
    for (auto const each : processes)
        REQUIRE(eventually([&] { return is_gone(each); }));
}

} // namespace

bool PatroniCluster::missing() {
    bool const here = ::access("/usr/bin/patroni", X_OK) == 0 && ::access("/usr/bin/etcd", X_OK) == 0;
    if (here)
        return false;
    // A job that should prove it must not pass without.
    if (std::getenv("CI") != nullptr)
        FAIL("Debian's packages patroni and etcd-server are missing");
    std::cout << "SKIP: a fail-over needs Debian's packages patroni and etcd-server\n";
    return true;
}

PatroniCluster::PatroniCluster() : folder_(make_server_folder(folder_prefix)) {
    for (int machine = 0; machine < count; ++machine) {
        fs::create_directories(folder(machine));
        write_configuration(machine);
    }
    give_to_server_user(folder_);
    for (int machine = 0; machine < count; ++machine)
        start_etcd(machine, true);
    for (int machine = 0; machine < count; ++machine)
        start_patroni(machine);
    wait_until_whole();
}

PatroniCluster::~PatroniCluster() {
    for (int machine = 0; machine < count; ++machine) {
        machines_.at(machine).patroni.reset();
        for (auto const process : processes_of_server(folder(machine) / "data"))
            ::kill(process, SIGKILL);
        machines_.at(machine).etcd.reset();
    }
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

fs::path PatroniCluster::folder(int machine) const {
    return folder_ / ("machine-" + std::to_string(machine + 1));
}

std::string PatroniCluster::host(int machine) const {
    // 22 bits of the process, two of the machine: no two tests that run at once have the same.
    auto const number = (static_cast<unsigned>(::getpid()) << 2U) + static_cast<unsigned>(machine) + 1;
    return "127." + std::to_string(number >> 16U & 0xFFU) + "." + std::to_string(number >> 8U & 0xFFU) + "." +
           std::to_string(number & 0xFFU);
}

std::string PatroniCluster::address(int machine, std::string const& database) const {
    return "postgresql://postgres@" + host(machine) + ":" + std::to_string(postgres_port) + "/" + database +
           "?target_session_attrs=any";
}

void PatroniCluster::write_configuration(int machine) const {
    auto const place = folder(machine).string();
    std::string etcd;
    for (int each = 0; each < count; ++each)
        etcd += (each > 0 ? "," : "") + host(each) + ":2379";
    std::ofstream(folder(machine) / "patroni.yml")
        << "scope: portico\n"
        << "name: db" << machine + 1 << "\n"
        << "etcd3:\n  hosts: " << etcd << "\n"
        << "restapi:\n  listen: " << host(machine) << ":8008\n  connect_address: " << host(machine)
        << ":8008\n"
        << R"(bootstrap:
  dcs:
    ttl: 6
    loop_wait: 1
    retry_timeout: 2
    maximum_lag_on_failover: 1048576
    primary_start_timeout: 0
    synchronous_mode: true
    synchronous_mode_strict: true
    postgresql:
      use_pg_rewind: true
      parameters:
        max_connections: 200
        shared_buffers: 16MB
        wal_log_hints: "on"
        restart_after_crash: "off"
        autovacuum: "off"
        jit: "off"
  initdb:
    - encoding: UTF8
    - locale: C
)"
        << "postgresql:\n  listen: " << host(machine) << ":5432\n  connect_address: " << host(machine)
        << ":5432\n"
        << "  bin_dir: " << server_program("postgres").parent_path().string() << "\n"
        << "  data_dir: " << place << "/data\n  pgpass: " << place << "/pgpass\n"
        << "  parameters:\n    unix_socket_directories: " << place << "\n"
        << R"(  authentication:
    superuser: {username: postgres}
    replication: {username: replicator}
  pg_hba:
    - local all all trust
    - host all all 127.0.0.0/8 trust
    - host replication replicator 127.0.0.0/8 trust
)";
}

void PatroniCluster::start_etcd(int machine, bool first) {
    std::string all;
    for (int each = 0; each < count; ++each)
        all += (each > 0 ? "," : "") + std::string("etcd") + std::to_string(each + 1) + "=http://" +
               host(each) + ":2380";
    auto const peers = "http://" + host(machine) + ":2380";
    auto const clients = "http://" + host(machine) + ":2379";
    machines_.at(machine).etcd.emplace(
        as_server_user("KILL", {"/usr/bin/etcd", "--name", "etcd" + std::to_string(machine + 1), "--data-dir",
                                (folder(machine) / "etcd").string(), "--listen-peer-urls", peers,
                                "--initial-advertise-peer-urls", peers, "--listen-client-urls", clients,
                                "--advertise-client-urls", clients, "--initial-cluster", all,
                                "--initial-cluster-state", first ? "new" : "existing"}),
        folder(machine) / ("etcd-" + std::to_string(machines_.at(machine).starts) + ".log"));
}

void PatroniCluster::start_patroni(int machine) {
    auto& each = machines_.at(machine);
    // At its end it stops its server.
    each.patroni.emplace(
        as_server_user("TERM", {"/usr/bin/patroni", (folder(machine) / "patroni.yml").string()}),
        folder(machine) / ("patroni-" + std::to_string(++each.starts) + ".log"));
}

std::string PatroniCluster::what_patroni_says() const {
    for (int machine = 0; machine < count; ++machine) {
        auto const answer = http_get(host(machine), patroni_port, "/cluster");
        if (auto const body = answer.find("\r\n\r\n"); body != std::string::npos)
            return answer.substr(body + 4);
    }
    return "";
}

std::optional<int> PatroniCluster::primary() const {
    for (int machine = 0; machine < count; ++machine)
        if (http_get(host(machine), patroni_port, "/primary").find(" 200 ") != std::string::npos)
            return machine;
    return {};
}

int PatroniCluster::wait_for_primary(std::optional<int> former) const {
    std::optional<int> found;
    bool const reached = eventually(
        [&] {
            found = primary();
            return found && found != former;
        },
        settled_within);
    INFO(what_patroni_says());
    REQUIRE(reached);
    return *found;
}

void PatroniCluster::wait_until_whole() const {
    auto const whole = [](std::string const& said) {
        boost::system::error_code unreadable;
        auto const cluster = boost::json::parse(said, unreadable);
        if (unreadable || !cluster.is_object() || !cluster.as_object().contains("members"))
            return false;
        int leaders = 0;
        int synchronous = 0;
        int in_step = 0;
        boost::json::value timeline;
        for (auto const& member : cluster.at("members").as_array())
            if (auto const& fields = member.as_object(); fields.at("role") == "leader")
                timeline = fields.contains("timeline") ? fields.at("timeline") : timeline;
        for (auto const& member : cluster.at("members").as_array()) {
            auto const& fields = member.as_object();
            leaders += fields.at("role") == "leader" ? 1 : 0;
            synchronous += fields.at("role") == "sync_standby" ? 1 : 0;
            in_step += fields.at("state") == "running" && fields.contains("timeline") &&
                               fields.at("timeline") == timeline
                           ? 1
                           : 0;
        }
        return leaders == 1 && synchronous == 1 && in_step == count;
    };
    std::string said;
    bool const reached = eventually(
        [&] {
            said = what_patroni_says();
            return whole(said);
        },
        settled_within);
    INFO(said);
    for (auto const& each : machines_)
        UNSCOPED_INFO((each.patroni ? each.patroni->output() : ""));
    REQUIRE(reached);
}

void PatroniCluster::kill_postgres(int machine) {
    auto const processes = processes_of_server(folder(machine) / "data");
    REQUIRE_FALSE(processes.empty());
    kill_all(processes);
}

void PatroniCluster::kill_machine(int machine) {
    auto& each = machines_.at(machine);
    each.patroni->signal(SIGKILL);
    each.patroni->wait();
    kill_postgres(machine);
    each.etcd->signal(SIGKILL);
    each.etcd->wait();
}

void PatroniCluster::start_machine(int machine) {
    start_etcd(machine, false);
    start_patroni(machine);
}

void PatroniCluster::stop_patroni(int machine) {
    auto const process = machines_.at(machine).patroni->pid();
    ::kill(process, SIGSTOP);
    int status = 0;
    REQUIRE(::waitpid(process, &status, WUNTRACED) == process);
    REQUIRE(WIFSTOPPED(status));
}

void PatroniCluster::let_patroni_go_on(int machine) {
    machines_.at(machine).patroni->signal(SIGCONT);
}

} // namespace portico::test
