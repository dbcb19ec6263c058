#include "central/notify/outbox_sender.h"

#include "shared/base/out_of_memory.h"

#include <cstdio>

namespace portico::central {

OutboxSender::OutboxSender(Parts const& parts, MessageChannel channel, Deliver deliver)
    : clock_(parts.clock), store_(parts.store), outbox_(parts.outbox), channel_(channel),
      deliver_(std::move(deliver)), thread_([this] { run(); }) {}

OutboxSender::~OutboxSender() {
    {
        std::lock_guard const lock(guard_);
        stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

Result<bool> OutboxSender::send_one() {
    auto const begun = clock_.monotonic();
    // Looking costs no write: most looks find nothing.
    if (!TRY(store_.read<bool>(
            [&](storage::Database& database) { return outbox_.has_due(database, channel_); })))
        return false;
    auto const message = TRY(store_.write_value<std::optional<WaitingMessage>>(
        [&](storage::Database& database) { return outbox_.claim(database, channel_); }));
    if (!message)
        return false; // another node was faster
    // A node that stood still since: the message may be another's by now, whoever claimed it sends it.
    if (clock_.monotonic() - begun > std::chrono::seconds(Outbox::claim_s - try_max_s))
        return true;
    auto const outcome = deliver_(*message);
    // What the staff queue does not tell of, the log does.
    if (outcome.has_error() && !message->about.empty())
        static_cast<void>(std::fprintf(stderr, "portico-central: %s: %s: %s\n", name(channel_).data(),
                                       outcome.error().reason.c_str(), outcome.error().message.c_str()));
    TRY(store_.write([&](storage::Database& database) -> Result<void> {
        if (outcome.has_value())
            return outbox_.sent(database, message->id);
        bool const for_good = outcome.error().kind == ErrorKind::Refused;
        return outbox_.failed(
            database, *message,
            {for_good ? Outbox::Failure::ForGood : Outbox::Failure::ForNow, outcome.error().reason});
    }));
    return true;
}

Result<void> OutboxSender::send_due() {
    while (TRY(send_one())) {
        std::lock_guard const lock(guard_);
        if (stopping_)
            break;
    }
    return ok();
}

void OutboxSender::run() {
    std::unique_lock lock(guard_);
    while (!stopping_) {
        lock.unlock();
        auto const outcome = or_out_of_memory([&] { return send_due(); });
        if (outcome.has_error())
            static_cast<void>(std::fprintf(stderr, "portico-central: %s: %s\n", name(channel_).data(),
                                           outcome.error().message.c_str()));
        lock.lock();
        wake_.wait_for(lock, std::chrono::seconds(look_period_s), [&] { return stopping_; });
    }
}

} // namespace portico::central
