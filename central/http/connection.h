#pragma once

#include "central/http/rate_limiter.h"
#include "central/http/server.h"
#include "central/http/tls_stream.h"
#include "central/http/worker_pool.h"

#include <atomic>
#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

/// One connection and what all connections share. Heavy: for server.cpp, hub.cpp and connection.cpp alone.
namespace portico::central::http_parts {

namespace asio = boost::asio;
namespace beast = boost::beast;
using tcp = asio::ip::tcp;

class Hub;

/// Reads requests one after the other, hands each to a worker, writes the reply. Everything of it runs on one
/// strand, the handler apart.
class Connection : public std::enable_shared_from_this<Connection> {
public:
    Connection(Hub& hub, tcp::socket socket, asio::ssl::context& tls, bool enrollment);
    asio::awaitable<void> run();

    /// From any thread: cuts the connection now.
    void cut();
    /// From any thread: a waiting call whom it concerns looks again; a revoked terminal is cut.
    void wake(std::shared_ptr<NewsFor const> news);
    /// From any thread: no further request; a waiting call answers now.
    void drain();

private:
    using Parser = beast::http::request_parser<beast::http::string_body>;

    void expire_in(std::int64_t seconds);
    asio::awaitable<bool> handshake();
    asio::awaitable<bool> admit();
    bool still_admitted() const;
    /// The one answer a revoked terminal gets; no handler runs.
    asio::awaitable<void> refuse_revoked();
    /// One request and its reply. False ends the connection.
    asio::awaitable<bool> serve_one();
    /// Reads until the parser has what `enough` asks for. False when the connection ends or the request is
    /// malformed; `failed` says how.
    asio::awaitable<bool> parse(Parser& parser, bool (*enough)(Parser const&),
                                boost::system::error_code& failed);
    /// Reads head and body. A reply when the request is answered without a handler, such as 413.
    asio::awaitable<bool> read_request(Parser& parser, std::optional<HttpReply>& early);
    asio::awaitable<HttpReply> answer(HttpRequest& request);
    /// Runs `job` on a worker and comes back to this strand. False when no worker is free; of one that has
    /// waited already (`again`), only when they end.
    asio::awaitable<bool> on_worker(std::function<void()> job, bool again = false);
    asio::awaitable<void> wait_for_news(std::uint64_t seen, std::chrono::steady_clock::time_point until);
    asio::awaitable<bool> write_reply(HttpReply const& reply, bool keep_alive);

    Hub& hub_;
    tcp::socket::executor_type executor_;
    std::string peer_address_; ///< asked before the socket is the stream's
    TlsStream stream_;
    bool enrollment_;
    beast::flat_buffer buffer_;
    asio::steady_timer worker_done_;
    asio::steady_timer news_;
    TerminalId terminal_;
    std::shared_ptr<TerminalCertificate const> certificate_; ///< nothing on the enrolment listener
    std::string program_;
    bool counted_for_terminal_ = false;
    bool idle_ = true;
    bool draining_ = false;
    bool cut_ = false;
    bool revoked_ = false;
    bool decided_ = false; ///< whether it is admitted or revoked

    friend class Hub;
};

/// What all connections share.
class Hub {
public:
    Hub(ServerParts parts_in, ServerLimits const& limits_in);

    using Strand = asio::strand<asio::io_context::executor_type>;

    /// The strand of the next connection. They are made once and shared: far more than there are threads, so
    /// that connections hardly ever wait for each other, and none is made when memory is short (Boost 1.81
    /// leaves a strand half made then, and destroys it).
    Strand const& next_strand();
    void adopt(tcp::socket socket, asio::ssl::context& tls, bool enrollment);
    void gone(Connection const* connection);
    /// False when the terminal has too many connections already.
    bool count_terminal(TerminalId const& terminal);
    void uncount_terminal(TerminalId const& terminal);

    void wake(std::shared_ptr<NewsFor const> const& news);
    void drain();
    void cut_all();
    void wait_until_empty(std::int64_t timeout_s);
    std::size_t count() const;

    ServerParts parts;
    ServerLimits limits;
    std::atomic<bool> draining = false;
    asio::io_context io;
    RateLimiter enrollment_rate;
    WorkerPool workers; // goes first: its jobs touch all of the above

private:
    std::vector<std::shared_ptr<Connection>> all() const;

    mutable std::mutex guard_;
    std::condition_variable empty_;
    std::unordered_map<Connection const*, std::weak_ptr<Connection>> connections_;
    std::size_t enrollment_count_ = 0;
    std::unordered_map<TerminalId, std::size_t> by_terminal_;
    std::vector<Strand> strands_;
    std::atomic<std::size_t> strand_number_ = 0;
};

} // namespace portico::central::http_parts
