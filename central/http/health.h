#pragma once

#include "central/http/server.h"
#include "shared/base/result.h"

#include <cstdint>
#include <functional>
#include <memory>

namespace portico::central {

/// What a load balancer in front of several nodes asks: may terminals be sent here? Plain HTTP, for it has no
/// terminal's certificate: every request is answered "200 ready" or "503 not ready", whatever it asks, and
/// the connection closed. That takes a running process: a stopped one is silent, though its system would
/// still accept connections for it. Tells nothing else; on an address that the balancer alone reaches.
class HealthListener {
public:
    static constexpr std::int64_t request_timeout_s = 2;
    static constexpr std::size_t connections_max = 16;

    /// `is_ready` is asked for each request, on a thread of the listener. Errors: Unavailable
    /// "listen_failed".
    static Result<std::unique_ptr<HealthListener>> start(ServerAddress const& address,
                                                         std::function<bool()> is_ready);
    HealthListener(HealthListener const&) = delete;
    HealthListener& operator=(HealthListener const&) = delete;
    ~HealthListener();

    std::uint16_t port() const;

private:
    struct State;
    explicit HealthListener(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace portico::central
