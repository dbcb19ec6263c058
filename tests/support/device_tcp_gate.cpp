#include "tests/support/device_tcp_gate.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

namespace portico::test {

namespace {

sockaddr_in loopback(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    return address;
}

/// Passes on what is there, `left` bytes at most, and counts it before it is heard of; false when the line
/// ends or is cut.
bool pass_some(int from, int to, std::size_t& left, std::atomic<std::size_t>& passed) {
    std::array<char, 16 * 1024> buffer{};
    auto const got = recv(from, buffer.data(), std::min(buffer.size(), std::max<std::size_t>(left, 1)), 0);
    if (got <= 0 || left == 0)
        return false;
    auto const size = static_cast<std::size_t>(got);
    passed += size;
    if (send(to, buffer.data(), size, MSG_NOSIGNAL) != got)
        return false;
    if (left != DeviceTcpGate::never)
        left -= size;
    return left != 0;
}

} // namespace

DeviceTcpGate::DeviceTcpGate(int server_port)
    : server_port_(server_port), listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    auto address = loopback(0);
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof address;
    bind(listener_.get(), generic, size);
    listen(listener_.get(), 16);
    getsockname(listener_.get(), generic, &size);
    port_ = ntohs(address.sin_port);
    acceptor_ = std::jthread([this] { accept_all(); });
}

DeviceTcpGate::~DeviceTcpGate() {
    stopped_.signal();
    acceptor_ = {};
    passers_.clear();
}

void DeviceTcpGate::accept_all() {
    while (true) {
        pollfd entries[2] = {{listener_.get(), POLLIN, 0}, {stopped_.fd(), POLLIN, 0}};
        poll(entries, 2, -1);
        if (entries[1].revents != 0)
            return;
        FileDescriptor client(accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
        ++connections_;
        passers_.emplace_back([this, line = std::move(client)]() mutable { pass(std::move(line)); });
    }
}

void DeviceTcpGate::pass(FileDescriptor client) {
    auto to_server = to_server_.load();
    auto from_server = from_server_.load();
    std::atomic<std::size_t> passed_on = 0;
    FileDescriptor const server(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    auto const address = loopback(server_port_);
    if (stalled_) {
        pollfd entry{stopped_.fd(), POLLIN, 0};
        poll(&entry, 1, -1);
        return;
    }
    if (to_server == 0 ||
        connect(server.get(), reinterpret_cast<sockaddr const*>(&address), sizeof address) != 0)
        return;
    // Else each half of a request waits for the other side's late acknowledgement.
    int const no_delay = 1;
    setsockopt(client.get(), IPPROTO_TCP, TCP_NODELAY, &no_delay, sizeof no_delay);
    setsockopt(server.get(), IPPROTO_TCP, TCP_NODELAY, &no_delay, sizeof no_delay);
    while (true) {
        pollfd entries[3] = {
            {client.get(), POLLIN, 0}, {server.get(), POLLIN, 0}, {stopped_.fd(), POLLIN, 0}};
        poll(entries, 3, -1);
        if (entries[2].revents != 0 ||
            (entries[0].revents != 0 && !pass_some(client.get(), server.get(), to_server, passed_on)) ||
            (entries[1].revents != 0 && !pass_some(server.get(), client.get(), from_server, passed_back_)))
            return;
    }
}

} // namespace portico::test
