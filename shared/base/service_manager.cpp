#include "shared/base/service_manager.h"

#include <charconv>
#include <cstddef>
#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <utility>

namespace portico {

namespace {

/// Of the time allowed: a heartbeat that comes late once is still in time (sd_watchdog_enabled(3) advises
/// it).
constexpr int heartbeats_an_interval = 2;
constexpr std::int64_t interval_max_us = 86'400'000'000; // a day

/// "/run/systemd/notify", or "@name" for a socket that is no file.
Result<std::string> address_of(std::string_view named) {
    bool const understood = named.size() > 1 && (named.front() == '/' || named.front() == '@');
    if (!understood || named.size() >= sizeof(sockaddr_un::sun_path))
        return error(ErrorKind::InvalidInput, "notify_socket",
                     "NOTIFY_SOCKET must be the path of a socket, or @ and a name, of fewer than 108 bytes");
    std::string address(named);
    if (address.front() == '@')
        address.front() = '\0';
    return address;
}

Result<std::chrono::microseconds> interval_of(std::string_view text) {
    std::int64_t us = 0;
    auto const [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), us);
    if (wrong != std::errc{} || end != text.data() + text.size() || us <= 0 || us > interval_max_us)
        return error(ErrorKind::InvalidInput, "watchdog_interval",
                     "WATCHDOG_USEC must be a number of microseconds, at most a day");
    return std::chrono::microseconds(us);
}

} // namespace

Result<ServiceManager> ServiceManager::from_environment(Environment const& environment) {
    ServiceManager manager;
    char const* const socket_name = environment("NOTIFY_SOCKET");
    if (socket_name == nullptr || *socket_name == '\0')
        return manager;
    manager.address_ = TRY(address_of(socket_name));
    if (char const* const interval = environment("WATCHDOG_USEC"))
        manager.heartbeat_every_ = TRY(interval_of(interval)) / heartbeats_an_interval;
    manager.socket_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (manager.socket_ < 0)
        return error(ErrorKind::Unavailable, "notify_socket",
                     std::string("no socket to tell the service manager by: ") + std::strerror(errno));
    return manager;
}

ServiceManager::ServiceManager(ServiceManager&& other) noexcept
    : address_(std::move(other.address_)), socket_(std::exchange(other.socket_, -1)),
      heartbeat_every_(other.heartbeat_every_), last_said_(other.last_said_) {}

ServiceManager::~ServiceManager() {
    if (socket_ >= 0)
        ::close(socket_);
}

void ServiceManager::turned(MonoTime now) {
    if (!last_said_) {
        say("READY=1\nWATCHDOG=1");
        last_said_ = now;
        return;
    }
    auto const due = next_heartbeat();
    if (!due || now < *due)
        return;
    say("WATCHDOG=1");
    last_said_ = now;
}

std::optional<MonoTime> ServiceManager::next_heartbeat() const {
    if (!heartbeat_every_ || !last_said_)
        return std::nullopt;
    return *last_said_ + *heartbeat_every_;
}

void ServiceManager::say(std::string_view words) const {
    if (socket_ < 0)
        return;
    sockaddr_un to{};
    to.sun_family = AF_UNIX;
    std::memcpy(to.sun_path, address_.data(), address_.size());
    auto const size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + address_.size());
    static_cast<void>(::sendto(socket_, words.data(), words.size(), MSG_NOSIGNAL | MSG_DONTWAIT,
                               reinterpret_cast<sockaddr const*>(&to), size));
}

} // namespace portico
