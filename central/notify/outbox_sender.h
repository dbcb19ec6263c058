#pragma once

#include "central/notify/outbox.h"
#include "central/store/store.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace portico::central {

/// Sends what waits for one channel, on a thread of its own, until it is destroyed. Each node may have one:
/// see `Outbox` for how they share the work.
class OutboxSender {
public:
    static constexpr int look_period_s = 2;
    /// How long one try takes at the longest; a claim outlasts it by far.
    static constexpr std::int64_t try_max_s = 30;
    static_assert(Outbox::claim_s >= 4 * try_max_s);

    /// Hands one message on; takes `try_max_s` at the longest. Errors of kind Refused are for good, all
    /// others for now; none says whom the message is to or what it says.
    using Deliver = std::function<Result<void>(WaitingMessage const&)>;
    struct Parts {
        Clock& clock;
        Store& store;
        Outbox const& outbox;
    };

    OutboxSender(Parts const& parts, MessageChannel channel, Deliver deliver);
    OutboxSender(OutboxSender const&) = delete;
    OutboxSender& operator=(OutboxSender const&) = delete;
    ~OutboxSender();

private:
    void run();
    /// False when there was nothing to send.
    Result<bool> send_one();
    Result<void> send_due();

    Clock& clock_;
    Store& store_;
    Outbox const& outbox_;
    MessageChannel channel_;
    Deliver deliver_;
    std::mutex guard_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::thread thread_;
};

} // namespace portico::central
