#include "central/http/connection.h"

#include <new>

namespace portico::central::http_parts {

namespace {
/// Rates are about real time, whatever clock the rest is given.
SystemClock rate_clock;
constexpr std::size_t strand_count = 512;
} // namespace

Hub::Hub(ServerParts parts_in, ServerLimits const& limits_in)
    : parts(std::move(parts_in)), limits(limits_in),
      enrollment_rate(rate_clock, limits.enrollments_burst, limits.enrollments_per_minute),
      workers(limits.worker_count, limits.queue_max) {
    for (std::size_t i = 0; i < strand_count; ++i)
        strands_.push_back(asio::make_strand(io));
}

Hub::Strand const& Hub::next_strand() {
    return strands_[strand_number_++ % strands_.size()];
}

void Hub::adopt(tcp::socket socket, asio::ssl::context& tls, bool enrollment) {
    auto connection = std::make_shared<Connection>(*this, std::move(socket), tls, enrollment);
    {
        std::lock_guard const lock(guard_);
        bool const full = connections_.size() >= limits.connections_max ||
                          (enrollment && enrollment_count_ >= limits.enrollment_connections_max);
        if (full || draining)
            return; // closed with the object
        connections_.emplace(connection.get(), connection);
        enrollment_count_ += enrollment ? 1 : 0;
    }
    try {
        asio::co_spawn(
            connection->executor_, [connection]() { return connection->run(); },
            [this, connection](std::exception_ptr const&) { gone(connection.get()); });
    } catch (std::bad_alloc const&) {
        gone(connection.get()); // closed with the object
    }
}

void Hub::gone(Connection const* connection) {
    if (connection->counted_for_terminal_)
        uncount_terminal(connection->terminal_);
    std::lock_guard const lock(guard_);
    connections_.erase(connection);
    enrollment_count_ -= connection->enrollment_ ? 1 : 0;
    empty_.notify_all();
}

bool Hub::count_terminal(TerminalId const& terminal) {
    std::lock_guard const lock(guard_);
    auto& count = by_terminal_[terminal];
    if (count >= limits.connections_per_terminal_max)
        return false;
    ++count;
    return true;
}

void Hub::uncount_terminal(TerminalId const& terminal) {
    std::lock_guard const lock(guard_);
    auto const found = by_terminal_.find(terminal);
    if (found != by_terminal_.end() && --found->second == 0)
        by_terminal_.erase(found);
}

std::vector<std::shared_ptr<Connection>> Hub::all() const {
    std::lock_guard const lock(guard_);
    std::vector<std::shared_ptr<Connection>> open;
    for (auto const& [key, weak] : connections_)
        if (auto connection = weak.lock())
            open.push_back(std::move(connection));
    return open;
}

void Hub::wake(std::shared_ptr<NewsFor const> const& news) {
    for (auto const& connection : all())
        connection->wake(news);
}

void Hub::drain() {
    draining = true;
    for (auto const& connection : all())
        connection->drain();
}

void Hub::cut_all() {
    draining = true;
    for (auto const& connection : all())
        connection->cut();
}

void Hub::wait_until_empty(std::int64_t timeout_s) {
    std::unique_lock lock(guard_);
    empty_.wait_for(lock, std::chrono::seconds(timeout_s), [&] { return connections_.empty(); });
}

std::size_t Hub::count() const {
    std::lock_guard const lock(guard_);
    return connections_.size();
}

} // namespace portico::central::http_parts
