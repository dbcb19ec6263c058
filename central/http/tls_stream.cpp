#include "central/http/tls_stream.h"

#include <boost/asio/ssl/error.hpp>
#include <new>
#include <openssl/err.h>
#include <utility>

namespace portico::central::http_parts {

namespace asio = boost::asio;
using boost::system::error_code;
using tcp = asio::ip::tcp;

TlsStream::TlsStream(tcp::socket socket, asio::ssl::context& tls)
    : wire_(std::make_shared<Wire>(std::move(socket))), ssl_(SSL_new(tls.native_handle())) {
    error_code ignored;
    wire_->socket.native_non_blocking(true, ignored);
    if (ssl_ == nullptr || SSL_set_fd(ssl_.get(), wire_->socket.native_handle()) != 1)
        throw std::bad_alloc();
}

asio::awaitable<bool> TlsStream::again(int outcome, error_code& failed) {
    int const why = SSL_get_error(ssl_.get(), outcome);
    if (why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE) {
        auto const what = why == SSL_ERROR_WANT_READ ? tcp::socket::wait_read : tcp::socket::wait_write;
        co_await wire_->socket.async_wait(what, asio::redirect_error(asio::use_awaitable, failed));
    } else if (why == SSL_ERROR_ZERO_RETURN) {
        failed = asio::error::eof;
    } else if (why == SSL_ERROR_SYSCALL) {
        failed = asio::error::connection_reset;
    } else {
        failed = asio::ssl::error::unspecified_system_error;
    }
    co_return !failed;
}

asio::awaitable<void> TlsStream::handshake(error_code& failed) {
    failed = {};
    while (is_open()) {
        ERR_clear_error();
        int const outcome = SSL_accept(ssl_.get());
        if (outcome == 1)
            co_return;
        bool const more = co_await again(outcome, failed);
        if (!more)
            co_return;
    }
    failed = asio::error::not_connected;
}

asio::awaitable<std::size_t> TlsStream::read_some(std::span<char> to, error_code& failed) {
    failed = {};
    std::size_t got = 0;
    while (is_open()) {
        ERR_clear_error();
        int const outcome = SSL_read_ex(ssl_.get(), to.data(), to.size(), &got);
        if (outcome == 1)
            co_return got;
        bool const more = co_await again(outcome, failed);
        if (!more)
            co_return 0;
    }
    failed = asio::error::not_connected;
    co_return 0;
}

asio::awaitable<void> TlsStream::write(std::string_view bytes, error_code& failed) {
    failed = {};
    while (!bytes.empty()) {
        if (!is_open()) {
            failed = asio::error::not_connected;
            co_return;
        }
        ERR_clear_error();
        std::size_t done = 0;
        int const outcome = SSL_write_ex(ssl_.get(), bytes.data(), bytes.size(), &done);
        if (outcome == 1) {
            bytes.remove_prefix(done);
            continue;
        }
        bool const more = co_await again(outcome, failed);
        if (!more)
            co_return;
    }
}

asio::awaitable<void> TlsStream::shutdown() {
    error_code failed;
    while (is_open()) {
        ERR_clear_error();
        int const outcome = SSL_shutdown(ssl_.get());
        if (outcome == 1)
            co_return;
        if (outcome == 0)
            continue; // ours is sent, the other's is waited for by the next call
        bool const more = co_await again(outcome, failed);
        if (!more)
            co_return;
    }
}

void TlsStream::set_timer(std::shared_ptr<Wire> const& wire) {
    wire->set = wire->due;
    wire->timer.expires_at(wire->due);
    wire->timer.async_wait([wire](error_code const& stopped) {
        if (stopped)
            return;
        wire->set = never;
        if (asio::steady_timer::clock_type::now() >= wire->due) {
            error_code ignored;
            wire->socket.close(ignored);
        } else if (wire->due != never) {
            set_timer(wire); // the limit was moved meanwhile
        }
    });
}

void TlsStream::expires_after(std::chrono::seconds time) {
    wire_->due = asio::steady_timer::clock_type::now() + time;
    if (wire_->due < wire_->set)
        set_timer(wire_);
}

void TlsStream::expires_never() {
    wire_->due = never;
}

void TlsStream::close() {
    expires_never();
    wire_->timer.cancel();
    wire_->set = never;
    error_code ignored;
    wire_->socket.close(ignored);
}

} // namespace portico::central::http_parts
