#pragma once

#include "shared/base/file_descriptor.h"

#include <atomic>
#include <cstddef>
#include <limits>
#include <thread>
#include <vector>

namespace portico::test {

/// Stands between a program and a server on loopback, and breaks the line.
class DeviceTcpGate {
public:
    static constexpr std::size_t never = std::numeric_limits<std::size_t>::max();

    explicit DeviceTcpGate(int server_port);
    ~DeviceTcpGate();
    DeviceTcpGate(DeviceTcpGate const&) = delete;
    DeviceTcpGate& operator=(DeviceTcpGate const&) = delete;

    int port() const { return port_; }
    /// Each connection from now on is cut when so many bytes went to the server, or came from it.
    void cut_after(std::size_t to_server, std::size_t from_server) {
        to_server_ = to_server;
        from_server_ = from_server;
    }
    /// Connections from now on are taken, and nothing is passed on.
    void stall(bool on) { stalled_ = on; }
    int connections() const { return connections_; }
    /// What came from the server so far, over all connections, in bytes.
    std::size_t from_server() const { return passed_back_; }

private:
    void accept_all();
    void pass(FileDescriptor client);

    int server_port_;
    int port_ = 0;
    FileDescriptor listener_;
    EventFlag stopped_;
    std::atomic<std::size_t> to_server_ = never;
    std::atomic<std::size_t> from_server_ = never;
    std::atomic<bool> stalled_ = false;
    std::atomic<int> connections_ = 0;
    std::atomic<std::size_t> passed_back_ = 0;
    std::vector<std::jthread> passers_; ///< only the accepting thread adds
    std::jthread acceptor_;
};

} // namespace portico::test
