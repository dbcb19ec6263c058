#pragma once

#include "tests/support/catch.h"
#include "tests/support/scratch_folder.h"

#include <cstddef>
#include <cstring>
#include <map>
#include <string>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <vector>

namespace portico::test {

/// The socket that systemd gives a service to speak to it, and the variables that tell of it (sd_notify(3)).
class NotifySocket {
public:
    /// `named`: as $NOTIFY_SOCKET has it, "/a/path" or "@a name"; without one, a file in a scratch folder.
    explicit NotifySocket(std::string named = "") {
        variables["NOTIFY_SOCKET"] = named.empty() ? (folder_.path / "notify").string() : std::move(named);
        std::string address = variables["NOTIFY_SOCKET"];
        if (address.front() == '@')
            address.front() = '\0';
        sockaddr_un here{};
        here.sun_family = AF_UNIX;
        REQUIRE(address.size() < sizeof here.sun_path);
        std::memcpy(here.sun_path, address.data(), address.size());
        socket_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        auto const size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + address.size());
        REQUIRE(::bind(socket_, reinterpret_cast<sockaddr const*>(&here), size) == 0);
    }
    NotifySocket(NotifySocket const&) = delete;
    NotifySocket& operator=(NotifySocket const&) = delete;
    ~NotifySocket() { ::close(socket_); }

    /// What was said since the last call, one entry a datagram.
    std::vector<std::string> heard() {
        std::vector<std::string> out;
        char bytes[256];
        for (;;) {
            auto const got = ::recv(socket_, bytes, sizeof bytes, 0);
            if (got < 0)
                return out;
            out.emplace_back(bytes, static_cast<std::size_t>(got));
        }
    }

    char const* read(char const* name) const {
        auto const found = variables.find(name);
        return found == variables.end() ? nullptr : found->second.c_str();
    }

    std::map<std::string, std::string> variables;

private:
    ScratchFolder folder_;
    int socket_ = -1;
};

} // namespace portico::test
