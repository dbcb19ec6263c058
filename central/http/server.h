#pragma once

#include "central/changes/news_for.h"
#include "central/http/http_message.h"
#include "shared/base/result.h"
#include "shared/base/secret.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace portico::central {

/// Every limit of the server. The figures are for production; tests shorten times.
struct ServerLimits {
    std::int64_t handshake_timeout_s = 10;
    std::int64_t header_timeout_s = 10;     ///< first to last byte of a request's head
    std::int64_t body_timeout_s = 20;       ///< the whole body
    std::int64_t write_timeout_s = 20;      ///< the whole reply
    std::int64_t keep_alive_timeout_s = 75; ///< between requests
    std::int64_t drain_timeout_s = 10;      ///< from SIGTERM until what still runs is cut
    std::size_t header_max_bytes = 8UL * 1024;
    /// A plan's desks and kiosks, each with a call that waits for news and one or two beside it. Of these, as
    /// many as the system lets the process have open (shared/base/open_files.h).
    std::size_t connections_max = 10'000;
    std::size_t connections_per_terminal_max = 16;
    std::size_t enrollment_connections_max = 32;
    int enrollments_burst = 5; ///< an address
    double enrollments_per_minute = 5;
    std::size_t io_thread_count = 2;
    /// More than the nine that may wait for hashing; as many as may wait for one commit.
    std::size_t worker_count = 64;
    std::size_t queue_max = 256; ///< calls that wait for a worker
    std::int64_t busy_retry_after_s = 2;
};

struct ServerAddress {
    std::string host;
    std::uint16_t port = 0; ///< 0: any free one
};
/// "127.0.0.1:8443", "[::1]:0". Errors: InvalidInput "listen_invalid".
Result<ServerAddress> parse_address(std::string_view text);

/// By what a server shows who it is.
struct ShownCertificate {
    std::string chain_pem; ///< its own first
    Secret key_pem;
};

/// What the server asks of the rest. Called from its own threads.
struct ServerParts {
    /// Answers one request; on a worker, may block.
    std::function<HttpReply(HttpRequest const&)> handle;
    /// Largest body of a call; 0: none.
    std::function<std::size_t(std::string_view method, std::string_view target)> body_limit;
    /// The program of an admitted terminal, nothing when it may not connect; on a worker.
    std::function<Result<std::optional<std::string>>(TerminalId const&, ByteView fingerprint)> admit;
    /// The same from memory, without blocking: asked before each call and on news.
    std::function<bool(TerminalId const&, ByteView fingerprint)> still_admitted;
    /// Whether it is the certificate of a terminal that was revoked, asked after `admit` said no; from
    /// memory.
    std::function<bool(TerminalId const&, ByteView fingerprint)> is_revoked;
    /// Counts up whenever waiting calls should look again.
    std::function<std::uint64_t()> news_count;
    /// The time that replies tell; none: they tell none.
    std::function<UtcTime()> now;
    ShownCertificate certificate;
    std::string authority_pem; ///< of the terminals' certificates
};

/// HTTPS for terminals: TLS 1.3 only, both sides certified by the plan's own authority; and, if asked, a
/// second listener for enrolment without a client certificate. Asio coroutines read and write; handlers run
/// on workers; a waiting call holds neither.
///
/// A revoked terminal finishes the handshake and has its first request, whatever it is, answered with one
/// fixed refusal, Forbidden "terminal_revoked"; then the connection ends. It never reaches `handle`. TLS
/// alone could only cut it off, and a kiosk that is cut off tells people that the network is out. (TLS 1.3
/// has an alert for it, but sends it after the client's handshake is done, mixed with a reset that may
/// overtake it.)
class Server {
public:
    /// Binds and serves at once. Errors: Unavailable "listen_failed"; InvalidInput "tls_invalid".
    static Result<std::unique_ptr<Server>> start(ServerParts parts, ServerLimits limits,
                                                 ServerAddress const& listen,
                                                 std::optional<ServerAddress> const& enrollment_listen);
    Server(Server const&) = delete;
    Server& operator=(Server const&) = delete;
    /// Cuts what is left.
    ~Server();

    std::uint16_t port() const;
    std::uint16_t enrollment_port() const; ///< 0 when there is no such listener

    /// Waiting calls of those whom it concerns look again, connections of terminals no longer admitted are
    /// closed. From any thread.
    void news(NewsFor const& news);
    /// Shows another certificate to whoever connects from now on; what is connected goes on under the one it
    /// was shown. From any thread. Errors: InvalidInput "tls_invalid": the one before stays.
    Result<void> show(ShownCertificate const& certificate);
    /// Accepts no more, lets running calls finish (waiting ones answer now), returns when all are gone or
    /// after `drain_timeout_s`.
    void drain();
    std::size_t open_connections() const;
    /// As ServerLimits, or fewer where the system allows fewer open files.
    std::size_t connections_max() const;

private:
    struct State;
    explicit Server(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace portico::central
