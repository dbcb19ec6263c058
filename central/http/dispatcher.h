#pragma once

#include "central/http/http_message.h"
#include "central/http/rate_limiter.h"
#include "central/http/route.h"
#include "central/services.h"

#include <span>

namespace portico::central {

/// From a request to a reply: finds the route, checks scope, session and assurance, runs the handler, and
/// lets no reply out whose audit record is not durable. Knows nothing of sockets. Safe from any thread;
/// blocks.
class Dispatcher {
public:
    /// A terminal may make so many calls at once, refilled at so many a second.
    static constexpr int terminal_call_burst = 200;
    static constexpr int terminal_calls_per_s = 50;
    /// The largest body any route takes.
    static constexpr std::size_t body_max_bytes = 4UL * 1024 * 1024;

    Dispatcher(Services& services, std::span<Route const> routes);

    HttpReply handle(HttpRequest const& request);
    /// Largest body for this call; 0 when the route does not exist or takes none.
    std::size_t body_limit(std::string_view method, std::string_view target) const;

private:
    struct Match {
        Route const* route = nullptr;
        std::string id;
        std::string allow; ///< methods the path has, when not this one
    };
    Result<Match> match(std::string_view method, std::string_view path) const;
    Result<void> check_access(Route const& route, HttpRequest const& request, Caller& caller) const;
    HttpReply run(Route const& route, Call& call, Input const& input);
    Result<void> record(Route const& route, Call& call, Result<std::string> const& outcome);

    Services& services_;
    std::span<Route const> routes_;
    RateLimiter terminal_rate_;
};

} // namespace portico::central
