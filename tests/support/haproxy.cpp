#include "tests/support/haproxy.h"

#include "tests/support/catch.h"
#include "tests/support/eventually.h"

#include <arpa/inet.h>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace portico::test {

namespace {

constexpr char const* program_file = "/usr/sbin/haproxy";
constexpr std::chrono::seconds noticed_within{60};

/// A listening socket that a child inherits: HAProxy itself would have to be told a port that is free.
class Listener {
public:
    Listener() : handle_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        REQUIRE(::bind(handle_, reinterpret_cast<sockaddr*>(&address), size) == 0);
        REQUIRE(::listen(handle_, 128) == 0);
        REQUIRE(::getsockname(handle_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
        port_ = ntohs(address.sin_port);
    }
    Listener(Listener const&) = delete;
    Listener& operator=(Listener const&) = delete;
    ~Listener() { ::close(handle_); }
    int handle() const { return handle_; }
    std::uint16_t port() const { return port_; }

private:
    int handle_;
    std::uint16_t port_ = 0;
};

/// Each with the name that `nodes_up` counts.
std::string servers(std::vector<HaProxy::Node> const& nodes) {
    std::string text;
    int number = 0;
    for (auto const& node : nodes)
        text += "    server node-" + std::to_string(++number) + " " + node.host + ":" +
                std::to_string(node.port) + " check port " + std::to_string(node.health_port) + "\n";
    return text;
}

std::string before_central(std::string const& bind, std::vector<HaProxy::Node> const& nodes) {
    std::string text = "listen terminals\n" + bind +
                       "    timeout client 2m\n"
                       "    timeout server 2m\n"
                       "    balance roundrobin\n"
                       "    option httpchk GET /\n"
                       "    option allbackups\n"
                       "    default-server inter 500ms fall 2 rise 1 on-marked-down shutdown-sessions\n" +
                       servers(nodes);
    int number = 0;
    for (auto const& node : nodes)
        text += "    server without-database-" + std::to_string(++number) + " " + node.host + ":" +
                std::to_string(node.port) + " backup\n";
    return text;
}

std::string before_databases(std::string const& bind, std::vector<HaProxy::Node> const& nodes) {
    return "listen primary\n" + bind +
           "    timeout client 1h\n"
           "    timeout server 1h\n"
           "    option httpchk OPTIONS /primary\n"
           "    http-check expect status 200\n"
           "    default-server inter 1s fall 2 rise 1 on-marked-down shutdown-sessions\n" +
           servers(nodes);
}

std::string configuration(std::string const& admin, int listener, std::vector<HaProxy::Node> const& nodes,
                          HaProxy::Before what) {
    auto const bind = "    bind fd@" + std::to_string(listener) + "\n";
    return "global\n"
           "    stats socket " +
           admin +
           " level operator\n"
           "defaults\n"
           "    mode tcp\n"
           "    timeout connect 2s\n"
           "    timeout check 1s\n"
           "    option redispatch 1\n"
           "    retries 3\n" +
           (what == HaProxy::Before::Central ? before_central(bind, nodes) : before_databases(bind, nodes));
}

/// What the admin socket answers.
std::string ask(std::string const& admin, std::string const& command) {
    int const handle = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    admin.copy(address.sun_path, sizeof address.sun_path - 1);
    std::string answer;
    if (::connect(handle, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 &&
        ::write(handle, command.data(), command.size()) == static_cast<ssize_t>(command.size())) {
        char part[4096];
        for (ssize_t got = ::read(handle, part, sizeof part); got > 0;
             got = ::read(handle, part, sizeof part))
            answer.append(part, static_cast<std::size_t>(got));
    }
    ::close(handle);
    return answer;
}

} // namespace

bool HaProxy::missing() {
    if (::access(program_file, X_OK) == 0)
        return false;
    // A job that should prove it must not pass without.
    if (std::getenv("CI") != nullptr)
        FAIL("Debian's package haproxy is missing");
    std::cout << "SKIP: several nodes need Debian's package haproxy\n";
    return true;
}

HaProxy::HaProxy(std::vector<Node> const& nodes, Before what) {
    Listener const listener;
    port_ = listener.port();
    auto const file = folder_.path / "haproxy.cfg";
    std::ofstream(file) << configuration((folder_.path / "admin").string(), listener.handle(), nodes, what);
    process_.emplace(std::vector<std::string>{program_file, "-db", "-f", file.string()},
                     folder_.path / "log");
    wait_for_up(what == Before::Central ? static_cast<int>(nodes.size()) : 1);
}

int HaProxy::nodes_up() const {
    // Fields 2 and 18 of each line: the server's name and its state.
    std::istringstream lines(ask((folder_.path / "admin").string(), "show stat\n"));
    std::string line;
    int up = 0;
    while (std::getline(lines, line)) {
        std::vector<std::string> fields;
        std::istringstream parts(line);
        for (std::string part; std::getline(parts, part, ',');)
            fields.push_back(part);
        if (fields.size() > 17 && fields[1].rfind("node-", 0) == 0 && fields[17].rfind("UP", 0) == 0)
            ++up;
    }
    return up;
}

void HaProxy::wait_for_up(int count) const {
    bool const reached = eventually([&] { return nodes_up() == count; }, noticed_within);
    INFO(ask((folder_.path / "admin").string(), "show stat\n") << process_->output());
    REQUIRE(reached);
}

} // namespace portico::test
