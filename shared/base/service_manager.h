#pragma once

#include "shared/base/clock.h"
#include "shared/base/result.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace portico {

/// What systemd is told of this program: that it is up, and that it still turns. Speaks the protocol of
/// sd_notify(3) by itself: datagrams to the socket that $NOTIFY_SOCKET names. One thread.
class ServiceManager {
public:
    /// How a variable of the environment is read: `std::getenv`, or a test's own.
    using Environment = std::function<char const*(char const*)>;

    /// Takes $NOTIFY_SOCKET and $WATCHDOG_USEC; a program that nobody supervises tells nobody. $WATCHDOG_PID
    /// is not looked at: it names the process that systemd started, and between it and a kiosk stands the
    /// compositor; who may speak is the unit's NotifyAccess=.
    /// Errors: InvalidInput "notify_socket" and "watchdog_interval", when the variable cannot be meant.
    static Result<ServiceManager> from_environment(Environment const& environment);

    ServiceManager(ServiceManager&& other) noexcept;
    ServiceManager& operator=(ServiceManager&&) = delete;
    ServiceManager(ServiceManager const&) = delete;
    ServiceManager& operator=(ServiceManager const&) = delete;
    ~ServiceManager();

    /// After each turn of the loop that everything depends on. The first one says that the program is up;
    /// then a heartbeat goes out whenever half of the time that systemd allows has passed.
    void turned(MonoTime now);
    /// When `turned` is due although nothing happened; nothing when nobody waits for a heartbeat.
    std::optional<MonoTime> next_heartbeat() const;

private:
    ServiceManager() = default;
    /// What cannot be said is dropped: systemd then misses a heartbeat and starts the program anew, and
    /// waiting for it here would be the very hang that it watches for.
    void say(std::string_view words) const;

    std::string address_; ///< as sockaddr_un has it: one that is no file begins with a zero byte
    int socket_ = -1;
    std::optional<std::chrono::microseconds> heartbeat_every_;
    std::optional<MonoTime> last_said_;
};

} // namespace portico
