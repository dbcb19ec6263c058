#include "central/http/health.h"

#include "central/http/bind.h"

#include <array>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

namespace portico::central {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;

namespace {

constexpr std::size_t request_max_bytes = 2048;
constexpr std::string_view ready_reply =
    "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 6\r\n\r\nready\n";
constexpr std::string_view not_ready_reply =
    "HTTP/1.0 503 Service Unavailable\r\nContent-Type: text/plain\r\nContent-Length: 10\r\n\r\nnot ready\n";

auto quietly(boost::system::error_code& failed) {
    return asio::redirect_error(asio::use_awaitable, failed);
}

} // namespace

struct HealthListener::State {
    explicit State(std::function<bool()> asked) : is_ready(std::move(asked)), acceptor(io) {}

    asio::awaitable<void> accept() {
        while (acceptor.is_open()) {
            boost::system::error_code failed;
            auto socket = co_await acceptor.async_accept(quietly(failed));
            if (failed == asio::error::operation_aborted)
                co_return;
            if (!failed && open < connections_max)
                asio::co_spawn(io, answer(std::make_shared<tcp::socket>(std::move(socket))), asio::detached);
        }
    }

    asio::awaitable<void> answer(std::shared_ptr<tcp::socket> socket) {
        ++open;
        boost::system::error_code failed;
        asio::steady_timer patience(io, std::chrono::seconds(request_timeout_s));
        patience.async_wait([socket](boost::system::error_code const& stopped) {
            boost::system::error_code ignored;
            if (!stopped)
                socket->close(ignored);
        });
        std::string request;
        co_await asio::async_read_until(*socket, asio::dynamic_buffer(request, request_max_bytes), "\r\n\r\n",
                                        quietly(failed));
        if (!failed) {
            co_await asio::async_write(*socket, asio::buffer(is_ready() ? ready_reply : not_ready_reply),
                                       quietly(failed));
            socket->shutdown(tcp::socket::shutdown_send, failed);
        }
        patience.cancel();
        --open;
    }

    std::function<bool()> is_ready;
    asio::io_context io{1};
    tcp::acceptor acceptor;
    std::uint16_t port = 0;
    std::size_t open = 0; ///< touched on the one thread alone
    std::thread thread;
};

HealthListener::HealthListener(std::unique_ptr<State> state) : state_(std::move(state)) {}

Result<std::unique_ptr<HealthListener>> HealthListener::start(ServerAddress const& address,
                                                              std::function<bool()> is_ready) {
    auto state = std::make_unique<State>(std::move(is_ready));
    state->acceptor = TRY(http_parts::bind_to(state->io, address));
    state->port = state->acceptor.local_endpoint().port();
    asio::co_spawn(state->io, state->accept(), asio::detached);
    state->thread = std::thread([&io = state->io] { io.run(); });
    return std::unique_ptr<HealthListener>(new HealthListener(std::move(state)));
}

HealthListener::~HealthListener() {
    state_->io.stop();
    state_->thread.join();
}

std::uint16_t HealthListener::port() const {
    return state_->port;
}

} // namespace portico::central
