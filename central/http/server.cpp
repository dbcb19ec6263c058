#include "central/http/server.h"

#include "central/http/bind.h"
#include "central/http/connection.h"
#include "shared/base/open_files.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <new>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace portico::central {

using namespace http_parts;

Result<ServerAddress> parse_address(std::string_view text) {
    auto const invalid =
        error(ErrorKind::InvalidInput, "listen_invalid",
              "an address must look like 127.0.0.1:8443 or [::1]:8443, not " + std::string(text));
    auto const colon = text.rfind(':');
    if (colon == std::string_view::npos || colon == 0)
        return invalid;
    auto host = text.substr(0, colon);
    if (host.front() == '[' && host.back() == ']' && host.size() > 2)
        host = host.substr(1, host.size() - 2);
    ServerAddress address{std::string(host), 0};
    auto const port = text.substr(colon + 1);
    auto const [end, code] = std::from_chars(port.data(), port.data() + port.size(), address.port);
    if (code != std::errc() || end != port.data() + port.size() || port.empty())
        return invalid;
    return address;
}

namespace {

/// Files beside terminals' connections: the store's readers and logs, what an import or a backup reads, mail.
constexpr std::size_t files_beside = 256;

/// A connection keeps what it needs of the context that it began under.
using TlsContext = std::shared_ptr<asio::ssl::context>;

struct TlsContexts {
    TlsContext terminals; ///< whose certificates are asked for
    TlsContext enrollment;
};

/// OpenSSL works out what a certificate's extensions say when they are first asked for, and keeps it in the
/// certificate. Here, before the network threads share it, so that no two handshakes do it at once.
void read_extensions_once(SSL_CTX* context) {
    auto* const objects = X509_STORE_get0_objects(SSL_CTX_get_cert_store(context));
    for (int i = 0; i < sk_X509_OBJECT_num(objects); ++i)
        if (auto* const certificate = X509_OBJECT_get0_X509(sk_X509_OBJECT_value(objects, i)))
            static_cast<void>(X509_check_purpose(certificate, -1, 0));
}

Result<TlsContext> make_context(ShownCertificate const& shown, std::string const* terminals_authority_pem) {
    auto const made = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_server);
    auto& context = *made;
    boost::system::error_code failed;
    auto* tls = context.native_handle();
    auto const invalid = [](char const* what) {
        return error(ErrorKind::InvalidInput, "tls_invalid",
                     std::string("the server's ") + what + " cannot be used");
    };
    if (SSL_CTX_set_min_proto_version(tls, TLS1_3_VERSION) != 1)
        return invalid("TLS version");
    context.use_certificate_chain(asio::buffer(shown.chain_pem), failed);
    if (failed)
        return invalid("certificate");
    context.use_private_key(asio::buffer(shown.key_pem.reveal()), asio::ssl::context::pem, failed);
    if (failed)
        return invalid("key");
    SSL_CTX_set_mode(tls, SSL_MODE_RELEASE_BUFFERS);
    // No resumption: a resumed session would not show its certificate to be checked again.
    SSL_CTX_set_options(tls, SSL_OP_NO_TICKET);
    SSL_CTX_set_num_tickets(tls, 0);
    SSL_CTX_set_session_cache_mode(tls, SSL_SESS_CACHE_OFF);
    if (terminals_authority_pem != nullptr) {
        context.add_certificate_authority(asio::buffer(*terminals_authority_pem), failed);
        if (failed)
            return invalid("authority");
        read_extensions_once(tls);
        context.set_verify_mode(asio::ssl::verify_peer | asio::ssl::verify_fail_if_no_peer_cert, failed);
        if (failed)
            return invalid("client verification");
    }
    return made;
}

Result<TlsContexts> make_contexts(ShownCertificate const& shown, std::string const& authority_pem) {
    return TlsContexts{TRY(make_context(shown, &authority_pem)), TRY(make_context(shown, nullptr))};
}

} // namespace

struct Server::State {
    State(ServerParts parts, ServerLimits const& limits, TlsContexts contexts)
        : hub(std::move(parts), limits), tls(std::move(contexts)), acceptor(hub.io),
          enrollment_acceptor(hub.io) {}

    asio::awaitable<void> accept(tcp::acceptor& from, TlsContext const& context, bool enrollment) {
        while (from.is_open()) {
            boost::system::error_code failed;
            try {
                auto socket = co_await from.async_accept(hub.next_strand(),
                                                         asio::redirect_error(asio::use_awaitable, failed));
                if (failed == asio::error::operation_aborted)
                    co_return;
                if (!failed)
                    hub.adopt(std::move(socket), *context, enrollment);
            } catch (std::bad_alloc const&) {
                failed = asio::error::no_memory;
            }
            // Out of file handles or memory, most likely: wait for some to come back.
            if (failed)
                co_await pause();
        }
    }

    asio::awaitable<void> pause() {
        boost::system::error_code ignored;
        asio::steady_timer timer(hub.io, std::chrono::milliseconds(100));
        co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }

    /// What one handler cannot get memory for ends that handler alone.
    void run_network() {
        while (!hub.io.stopped())
            try {
                hub.io.run();
            } catch (std::bad_alloc const&) {
                static_cast<void>(std::fputs("portico-central: network: memory ran out\n", stderr));
            }
    }

    void start_accepting() {
        // The acceptors and what they show are touched on their own strand only.
        asio::co_spawn(accept_strand, accept(acceptor, tls.terminals, false), asio::detached);
        if (enrollment_acceptor.is_open())
            asio::co_spawn(accept_strand, accept(enrollment_acceptor, tls.enrollment, true), asio::detached);
        for (std::size_t i = 0; i < hub.limits.io_thread_count; ++i)
            threads.emplace_back([this] { run_network(); });
    }

    void stop_accepting() {
        asio::post(accept_strand, [this] {
            boost::system::error_code ignored;
            acceptor.close(ignored);
            enrollment_acceptor.close(ignored);
        });
    }

    Hub hub;
    TlsContexts tls; ///< on the acceptors' strand only
    tcp::acceptor acceptor;
    tcp::acceptor enrollment_acceptor;
    asio::strand<asio::io_context::executor_type> accept_strand = asio::make_strand(hub.io);
    std::uint16_t port = 0;
    std::uint16_t enrollment_port = 0;
    std::vector<std::thread> threads;
};

Result<std::unique_ptr<Server>> Server::start(ServerParts parts, ServerLimits limits,
                                              ServerAddress const& listen,
                                              std::optional<ServerAddress> const& enrollment_listen) {
    auto const files = allow_open_files(limits.connections_max + files_beside);
    limits.connections_max =
        std::min(limits.connections_max, std::max(files, 2 * files_beside) - files_beside);
    auto contexts = TRY(make_contexts(parts.certificate, parts.authority_pem));
    auto state = std::make_unique<State>(std::move(parts), limits, std::move(contexts));
    state->acceptor = TRY(bind_to(state->hub.io, listen));
    state->port = state->acceptor.local_endpoint().port();
    if (enrollment_listen) {
        state->enrollment_acceptor = TRY(bind_to(state->hub.io, *enrollment_listen));
        state->enrollment_port = state->enrollment_acceptor.local_endpoint().port();
    }
    state->start_accepting();
    return std::unique_ptr<Server>(new Server(std::move(state)));
}

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}

Server::~Server() {
    // Connections go first, then the threads that drive them, then (with the hub) the workers.
    state_->stop_accepting();
    state_->hub.cut_all();
    state_->hub.wait_until_empty(state_->hub.limits.drain_timeout_s);
    state_->hub.io.stop();
    for (auto& thread : state_->threads)
        thread.join();
}

std::uint16_t Server::port() const {
    return state_->port;
}
std::uint16_t Server::enrollment_port() const {
    return state_->enrollment_port;
}
void Server::news(NewsFor const& news) {
    state_->hub.wake(std::make_shared<NewsFor const>(news));
}
Result<void> Server::show(ShownCertificate const& certificate) {
    auto& state = *state_;
    auto contexts = TRY(make_contexts(certificate, state.hub.parts.authority_pem));
    asio::post(state.accept_strand,
               [&state, fresh = std::move(contexts)]() mutable { state.tls = std::move(fresh); });
    return ok();
}
void Server::drain() {
    state_->stop_accepting();
    state_->hub.drain();
    state_->hub.wait_until_empty(state_->hub.limits.drain_timeout_s);
}
std::size_t Server::connections_max() const {
    return state_->hub.limits.connections_max;
}
std::size_t Server::open_connections() const {
    return state_->hub.count();
}

} // namespace portico::central
