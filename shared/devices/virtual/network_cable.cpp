#include "shared/devices/virtual/network_cable.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace portico {

namespace {

struct Pair {
    int near = -1; ///< who connected to us
    int far = -1;  ///< whom we forward to
};

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

bool send_all(int socket, char const* data, std::size_t size) {
    while (size > 0) {
        auto const sent = ::send(socket, data, size, MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        data += sent;
        size -= static_cast<std::size_t>(sent);
    }
    return true;
}

/// Moves what waits from one side to the other; the number of bytes, 0 at the end or on failure.
std::int64_t move(int from, int to, std::int64_t at_most) {
    char buffer[16384];
    auto const wanted =
        at_most < 0 ? sizeof buffer : std::min<std::size_t>(sizeof buffer, static_cast<std::size_t>(at_most));
    auto const got = ::recv(from, buffer, wanted, 0);
    return got > 0 && send_all(to, buffer, static_cast<std::size_t>(got)) ? got : 0;
}

void end(Pair& pair) {
    ::close(pair.near);
    ::close(pair.far);
    pair.near = -1;
}

} // namespace

Result<std::unique_ptr<NetworkCable>> NetworkCable::lay(std::uint16_t port) {
    int const listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    auto address = loopback(0);
    socklen_t size = sizeof address;
    if (listener < 0 || ::bind(listener, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
        ::listen(listener, 64) != 0 ||
        ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
        ::close(listener);
        return error(ErrorKind::Unavailable, "cable_listen", "no free port on 127.0.0.1");
    }
    return std::unique_ptr<NetworkCable>(
        new NetworkCable(listener, ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), ntohs(address.sin_port), port));
}

NetworkCable::NetworkCable(int listener, int wake, std::uint16_t port, std::uint16_t target)
    : listener_(listener), wake_(wake), port_(port), target_(target), thread_([this] { forward_loop(); }) {}

NetworkCable::~NetworkCable() {
    stopping_ = true;
    std::uint64_t const one = 1;
    (void)!::write(wake_, &one, sizeof one);
    thread_.join();
    ::close(listener_);
    ::close(wake_);
}

void NetworkCable::set_pulled(bool pulled) {
    pulled_ = pulled;
    bytes_until_pull_ = -1;
    std::uint64_t const one = 1;
    (void)!::write(wake_, &one, sizeof one);
}

void NetworkCable::forward_loop() {
    std::vector<Pair> pairs;
    while (!stopping_) {
        std::vector<pollfd> waits{{listener_, POLLIN, 0}, {wake_, POLLIN, 0}};
        for (auto const& pair : pairs) {
            waits.push_back({pair.near, POLLIN, 0});
            waits.push_back({pair.far, POLLIN, 0});
        }
        ::poll(waits.data(), waits.size(), -1);
        if (waits[1].revents != 0) {
            std::uint64_t count = 0;
            (void)!::read(wake_, &count, sizeof count);
        }
        for (std::size_t i = 0; i < pairs.size() && !pulled_; ++i) {
            auto const& near_wait = waits[2 + 2 * i];
            auto const& far_wait = waits[3 + 2 * i];
            if (near_wait.revents != 0 && move(pairs[i].near, pairs[i].far, -1) == 0) {
                end(pairs[i]);
                continue;
            }
            if (far_wait.revents == 0)
                continue;
            auto const allowed = bytes_until_pull_.load();
            auto const moved = move(pairs[i].far, pairs[i].near, allowed);
            if (moved == 0)
                end(pairs[i]);
            if (allowed >= 0 && (bytes_until_pull_ = allowed - moved) <= 0)
                pulled_ = true;
        }
        if (pulled_)
            for (auto& pair : pairs)
                if (pair.near >= 0)
                    end(pair);
        std::erase_if(pairs, [](Pair const& pair) { return pair.near < 0; });
        if (waits[0].revents == 0)
            continue;
        Pair pair{::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC), -1};
        if (pair.near < 0)
            continue;
        if (!pulled_) {
            pair.far = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
            auto const address = loopback(target_);
            int const no_delay = 1;
            ::setsockopt(pair.near, IPPROTO_TCP, TCP_NODELAY, &no_delay, sizeof no_delay);
            ::setsockopt(pair.far, IPPROTO_TCP, TCP_NODELAY, &no_delay, sizeof no_delay);
            if (::connect(pair.far, reinterpret_cast<sockaddr const*>(&address), sizeof address) == 0) {
                pairs.push_back(pair);
                continue;
            }
        }
        end(pair);
    }
    for (auto& pair : pairs)
        end(pair);
}

} // namespace portico
