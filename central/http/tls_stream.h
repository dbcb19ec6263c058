#pragma once

#include <boost/asio.hpp>
#include <boost/asio/ssl/context.hpp>
#include <cstdint>
#include <memory>
#include <openssl/ssl.h>
#include <span>
#include <string_view>
#include <utility>

namespace portico::central::http_parts {

/// TLS straight over a socket, the server's side. OpenSSL reads and writes the socket itself, and lets its
/// buffers go while nothing is under way (SSL_MODE_RELEASE_BUFFERS): Boost's `ssl::stream` keeps 68 KiB a
/// connection in buffers of its own for as long as it lives, and most connections of central are silent. All
/// calls on one strand.
class TlsStream {
public:
    TlsStream(boost::asio::ip::tcp::socket socket, boost::asio::ssl::context& tls);
    TlsStream(TlsStream const&) = delete;
    TlsStream& operator=(TlsStream const&) = delete;
    ~TlsStream() { wire_->timer.cancel(); }

    /// Each ends early, with an error, when the connection is closed or its time is over.
    boost::asio::awaitable<void> handshake(boost::system::error_code& failed);
    /// Some bytes, at least one. Error `eof` when the other side has ended the connection in order.
    boost::asio::awaitable<std::size_t> read_some(std::span<char> to, boost::system::error_code& failed);
    /// All of them.
    boost::asio::awaitable<void> write(std::string_view bytes, boost::system::error_code& failed);
    /// Says that nothing more comes, and waits for the other side to say so too.
    boost::asio::awaitable<void> shutdown();

    /// From now on for so long; then the connection is closed. Replaces what was set before.
    void expires_after(std::chrono::seconds time);
    void expires_never();
    void close();

    SSL* ssl() { return ssl_.get(); }
    bool is_open() const { return wire_->socket.is_open(); }

private:
    /// After a call of OpenSSL that gave `outcome`: true when it is to be made again; else `failed` says how
    /// it ended.
    boost::asio::awaitable<bool> again(int outcome, boost::system::error_code& failed);

    struct Free {
        void operator()(SSL* ssl) const { SSL_free(ssl); }
    };
    using Moment = boost::asio::steady_timer::time_point;
    static constexpr Moment never = Moment::max();
    /// Shared with the timer's handler, which may come late. A request moves its limit five times: the timer
    /// is set anew only for an earlier one, and looks at `due` when it has run.
    struct Wire {
        explicit Wire(boost::asio::ip::tcp::socket own)
            : socket(std::move(own)), timer(socket.get_executor()) {}
        boost::asio::ip::tcp::socket socket;
        boost::asio::steady_timer timer;
        Moment due = never; ///< when the connection is closed
        Moment set = never; ///< when the timer looks
    };
    static void set_timer(std::shared_ptr<Wire> const& wire);
    std::shared_ptr<Wire> wire_;
    std::unique_ptr<SSL, Free> ssl_;
};

} // namespace portico::central::http_parts
