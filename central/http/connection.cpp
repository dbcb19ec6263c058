#include "central/http/connection.h"

#include "shared/base/out_of_memory.h"
#include "shared/crypto/x509.h"

#include <algorithm>
#include <array>
#include <boost/beast/http/parser.hpp>
#include <openssl/ssl.h>
#include <thread>

namespace portico::central::http_parts {

namespace {

constexpr std::int64_t shutdown_timeout_s = 1;
constexpr std::size_t read_step_bytes = 4096;
/// While a connection is silent it keeps room for so much of the next request alone.
constexpr std::size_t first_read_bytes = 256;
/// The longest any call waits, whatever it asked for.
constexpr std::int64_t wait_max_s = 60;
constexpr std::string_view desk_program = "agent";

auto quietly(boost::system::error_code& failed) {
    return asio::redirect_error(asio::use_awaitable, failed);
}

std::string text(boost::core::string_view view) {
    return {view.data(), view.size()};
}

std::string address_of(tcp::socket& socket) {
    boost::system::error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    return socket.remote_endpoint(ignored).address().to_string();
}

/// Hands `end` to `executor`, whatever it takes: somebody waits for it. What has just been done has let its
/// memory go, so a second try finds some.
void post_surely(tcp::socket::executor_type const& executor, std::function<void()> const& end) {
    while (true) {
        try {
            return asio::post(executor, end);
        } catch (std::bad_alloc const&) {
            std::this_thread::yield();
        }
    }
}

HttpReply early_reply(int status, ErrorKind kind, char const* reason, char const* message) {
    return failure_reply(status, error(kind, reason, message));
}

} // namespace

Connection::Connection(Hub& hub, tcp::socket socket, asio::ssl::context& tls, bool enrollment)
    : hub_(hub), executor_(socket.get_executor()), peer_address_(address_of(socket)),
      stream_(std::move(socket), tls), enrollment_(enrollment), worker_done_(executor_), news_(executor_) {}

void Connection::cut() {
    asio::post(executor_, [self = shared_from_this()] {
        self->cut_ = true;
        self->stream_.close();
        self->news_.cancel();
    });
}

void Connection::wake(std::shared_ptr<NewsFor const> news) {
    asio::post(executor_, [self = shared_from_this(), news = std::move(news)]() {
        if (news->concerns(self->terminal_, self->program_ == desk_program))
            self->news_.cancel();
        // While that is being asked, who is revoked must not be cut: a terminal is told so.
        if (self->decided_ && !self->revoked_ && !self->still_admitted())
            self->cut();
    });
}

void Connection::drain() {
    asio::post(executor_, [self = shared_from_this()] {
        self->draining_ = true;
        self->news_.cancel();
        if (self->idle_)
            self->stream_.close();
    });
}

void Connection::expire_in(std::int64_t seconds) {
    stream_.expires_after(std::chrono::seconds(seconds));
}

asio::awaitable<void> Connection::run() {
    bool const stands = co_await handshake();
    if (stands && revoked_)
        co_await refuse_revoked();
    bool more = stands && !revoked_;
    while (more)
        more = co_await serve_one();
    if (!cut_) {
        expire_in(shutdown_timeout_s);
        co_await stream_.shutdown();
    }
    stream_.close();
}

asio::awaitable<bool> Connection::handshake() {
    boost::system::error_code failed;
    expire_in(hub_.limits.handshake_timeout_s);
    co_await stream_.handshake(failed);
    if (failed || cut_)
        co_return false;
    if (enrollment_)
        co_return true;
    auto* certificate = SSL_get0_peer_certificate(stream_.ssl());
    if (certificate == nullptr || SSL_get_verify_result(stream_.ssl()) != X509_V_OK)
        co_return false;
    auto const facts = crypto::read_certificate(certificate);
    if (facts.has_error())
        co_return false;
    terminal_ = TerminalId(facts.value().common_name);
    certificate_ = std::make_shared<TerminalCertificate const>(
        TerminalCertificate{facts.value().fingerprint, facts.value().key_digest});
    if (!co_await admit()) {
        revoked_ = !cut_ && hub_.parts.is_revoked(terminal_, certificate_->fingerprint);
        if (!revoked_)
            co_return false;
    }
    decided_ = true;
    counted_for_terminal_ = hub_.count_terminal(terminal_);
    co_return counted_for_terminal_;
}

bool Connection::still_admitted() const {
    return enrollment_ || terminal_.empty() ||
           hub_.parts.still_admitted(terminal_, certificate_->fingerprint);
}

asio::awaitable<bool> Connection::admit() {
    // Shared: the question outlives this coroutine's frame if the connection is torn down meanwhile.
    auto answer = std::make_shared<std::optional<std::string>>();
    auto done = std::make_shared<asio::steady_timer>(executor_, asio::steady_timer::time_point::max());
    auto self = shared_from_this();
    std::function<void()> const end = [done] { done->cancel(); };
    std::function<void()> question = [self, answer, end] {
        auto admitted = or_out_of_memory(
            [&] { return self->hub_.parts.admit(self->terminal_, self->certificate_->fingerprint); });
        if (admitted.has_value())
            *answer = std::move(admitted).value();
        post_surely(self->executor_, end);
    };
    bool const taken = hub_.workers.submit(std::move(question));
    if (!taken)
        co_return false;
    boost::system::error_code ignored;
    co_await done->async_wait(quietly(ignored));
    if (!answer->has_value())
        co_return false;
    program_ = **answer;
    co_return !cut_;
}

asio::awaitable<bool> Connection::parse(Parser& parser, bool (*enough)(Parser const&),
                                        boost::system::error_code& failed) {
    failed = {};
    while (!enough(parser)) {
        if (buffer_.size() > 0) {
            buffer_.consume(parser.put(buffer_.data(), failed));
            if (!failed)
                continue;
            if (failed != beast::http::error::need_more)
                co_return false;
        }
        auto const room = buffer_.prepare(read_step_bytes);
        auto const got = co_await stream_.read_some({static_cast<char*>(room.data()), room.size()}, failed);
        if (failed)
            co_return false;
        buffer_.commit(got);
    }
    co_return true;
}

asio::awaitable<bool> Connection::read_request(Parser& parser, std::optional<HttpReply>& early) {
    boost::system::error_code failed;
    idle_ = buffer_.size() == 0;
    if (idle_) {
        buffer_.shrink_to_fit(); // most connections are silent most of the time
        expire_in(hub_.limits.keep_alive_timeout_s);
        std::array<char, first_read_bytes> first{};
        auto const got = co_await stream_.read_some(first, failed);
        if (failed)
            co_return false;
        auto const room = buffer_.prepare(got);
        std::copy_n(first.data(), got, static_cast<char*>(room.data()));
        buffer_.commit(got);
        wipe(first.data(), got);
        idle_ = false;
    }
    expire_in(hub_.limits.header_timeout_s);
    parser.header_limit(static_cast<std::uint32_t>(hub_.limits.header_max_bytes));
    parser.body_limit(boost::none);
    co_await parse(
        parser, [](Parser const& so_far) { return so_far.is_header_done(); }, failed);
    if (failed == beast::http::error::header_limit)
        early =
            early_reply(431, ErrorKind::InvalidInput, "header_too_large", "the request's head is too large");
    else if (failed.category() == beast::http::make_error_code(beast::http::error::bad_method).category())
        early =
            early_reply(400, ErrorKind::InvalidInput, "http_malformed", "not a well-formed HTTP/1.1 request");
    if (failed)
        co_return early.has_value();
    auto const& head = parser.get();
    auto const limit = hub_.parts.body_limit(text(head.method_string()), text(head.target()));
    if (parser.content_length().value_or(0) > limit) {
        early = early_reply(413, ErrorKind::InvalidInput, "body_too_large",
                            "the body is too large for this call");
        co_return true;
    }
    parser.body_limit(limit);
    expire_in(hub_.limits.body_timeout_s);
    if (beast::iequals(head[beast::http::field::expect], "100-continue")) {
        co_await stream_.write("HTTP/1.1 100 Continue\r\n\r\n", failed);
        if (failed)
            co_return false;
    }
    parser.eager(true);
    co_await parse(
        parser, [](Parser const& so_far) { return so_far.is_done(); }, failed);
    if (failed == beast::http::error::body_limit) {
        early = early_reply(413, ErrorKind::InvalidInput, "body_too_large",
                            "the body is too large for this call");
        co_return true;
    }
    co_return !failed;
}

asio::awaitable<void> Connection::refuse_revoked() {
    // Its request is read to its end, within the limits of any other: a reply that overtakes the body may be
    // lost with the reset of the connection.
    Parser parser;
    std::optional<HttpReply> early;
    if (!co_await read_request(parser, early) || cut_)
        co_return;
    if (!early)
        wipe(parser.get().body());
    static auto const refusal = failure_reply(revoked_refusal());
    co_await write_reply(refusal, false);
}

asio::awaitable<bool> Connection::serve_one() {
    Parser parser;
    std::optional<HttpReply> early;
    if (!co_await read_request(parser, early) || cut_ || !still_admitted())
        co_return false;
    if (early) {
        // What follows on the wire cannot be told from a body: answer and close.
        co_await write_reply(*early, false);
        co_return false;
    }
    auto message = parser.release();
    bool const keep_alive = message.keep_alive();
    HttpRequest request{text(message.method_string()),
                        text(message.target()),
                        text(message[beast::http::field::authorization]),
                        text(message[beast::http::field::content_type]),
                        std::move(message.body()),
                        terminal_,
                        program_,
                        enrollment_,
                        certificate_};
    auto const reply = co_await answer(request);
    // Bodies carry passwords and PINs.
    wipe(request.body);
    if (cut_ || !still_admitted())
        co_return false;
    bool const stays = keep_alive && !draining_;
    co_return co_await write_reply(reply, stays) && stays;
}

asio::awaitable<HttpReply> Connection::answer(HttpRequest& request) {
    if (enrollment_) {
        if (auto const wait_s = hub_.enrollment_rate.take(peer_address_); wait_s > 0) {
            auto problem = error(ErrorKind::TooMany, "enrollment_busy", "too many tries from this address");
            problem.retry_after_s = wait_s;
            co_return failure_reply(problem);
        }
    }
    stream_.expires_never(); // the handler has its own limits
    std::optional<std::chrono::steady_clock::time_point> until;
    while (true) {
        auto const seen = hub_.parts.news_count();
        auto reply = std::make_shared<HttpReply>();
        // A named job: g++ 12 destroys a temporary's captures twice when it stands in a co_await.
        std::function<void()> job = [this, &request, reply] { *reply = hub_.parts.handle(request); };
        bool const ran = co_await on_worker(std::move(job), until.has_value());
        if (!ran) {
            auto busy = error(ErrorKind::TooMany, "central_busy", "too many calls at once");
            busy.retry_after_s = hub_.limits.busy_retry_after_s;
            co_return failure_reply(busy);
        }
        auto const now = std::chrono::steady_clock::now();
        if (reply->wait_s > 0 && !until)
            until = now + std::chrono::seconds(std::min(reply->wait_s, wait_max_s));
        if (reply->wait_s <= 0 || now >= *until || draining_ || cut_)
            co_return std::move(*reply);
        co_await wait_for_news(seen, *until);
    }
}

asio::awaitable<bool> Connection::on_worker(std::function<void()> job, bool again) {
    worker_done_.expires_at(asio::steady_timer::time_point::max());
    // `self` keeps the connection until the job has run, even if the server goes meanwhile.
    auto self = shared_from_this();
    std::function<void()> const end = [self] { self->worker_done_.cancel(); };
    std::function<void()> whole = [self, job = std::move(job), end] {
        job();
        post_surely(self->executor_, end);
    };
    bool const taken =
        again ? hub_.workers.submit_later(std::move(whole)) : hub_.workers.submit(std::move(whole));
    if (!taken)
        co_return false;
    boost::system::error_code ignored;
    co_await worker_done_.async_wait(quietly(ignored));
    co_return true;
}

asio::awaitable<void> Connection::wait_for_news(std::uint64_t seen,
                                                std::chrono::steady_clock::time_point until) {
    news_.expires_at(until);
    // News between the handler's look and now would wake nobody.
    if (hub_.parts.news_count() != seen)
        co_return;
    boost::system::error_code ignored;
    co_await news_.async_wait(quietly(ignored));
}

asio::awaitable<bool> Connection::write_reply(HttpReply const& reply, bool keep_alive) {
    std::string head =
        "HTTP/1.1 " + std::to_string(reply.status) + " " + status_phrase(reply.status) +
        "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(reply.body.size()) +
        "\r\nCache-Control: no-store\r\n";
    if (hub_.parts.now)
        head += "Date: " + http_date(hub_.parts.now()) + "\r\n";
    if (!reply.allow.empty())
        head += "Allow: " + reply.allow + "\r\n";
    if (reply.retry_after_s > 0)
        head += "Retry-After: " + std::to_string(reply.retry_after_s) + "\r\n";
    head += keep_alive ? "\r\n" : "Connection: close\r\n\r\n";
    boost::system::error_code failed;
    expire_in(hub_.limits.write_timeout_s);
    // In one piece: each write is a TLS record and a packet of its own.
    head += reply.body;
    co_await stream_.write(head, failed);
    wipe(head); // as what was read, it is about people
    co_return !failed;
}

} // namespace portico::central::http_parts
