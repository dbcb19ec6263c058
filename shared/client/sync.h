#pragma once

#include "shared/client/sync_steps.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

namespace portico::client {

/// How long a pull waits at central for something to happen.
inline constexpr int pull_wait_s = 20;
/// Pause after a failed try: from the least, doubling to the most, each cut by up to half at random so that a
/// thousand terminals do not come back at once.
inline constexpr std::chrono::milliseconds retry_pause_min{250};
inline constexpr std::chrono::milliseconds retry_pause_max{4000};
/// A terminal that was withdrawn comes back by a new enrolment; until then it asks seldom.
inline constexpr std::chrono::milliseconds withdrawn_pause{60'000};

enum class Online : std::uint8_t {
    Unknown, ///< just started
    Yes,
    No,
    Refused,   ///< central answers, but not with what was asked
    Withdrawn, ///< central answers that this terminal's certificate was taken back
    WrongTime, ///< central's certificate is not valid at this terminal's time
};

/// A pull that is answered sooner than asked, with nothing, is not repeated before this.
inline constexpr std::chrono::milliseconds empty_pull_pause{1000};

/// Called from the sync's threads: post to a Mailbox there.
struct SyncListener {
    std::function<void(Online)> online = {};
    std::function<void(OutboxCounts const&)> outbox = {};
    /// Reference data changed.
    std::function<void()> replica = {};
    std::function<void(api::TerminalEvent const&)> event = {};
};

/// Keeps a terminal in step with central by itself: pulls changes into the replica (catching up in pages
/// after any absence) and pushes what the outbox holds, with retries. Two threads of its own, from
/// construction to destruction.
class Sync {
public:
    Sync(Central& central, Replica& replica, Outbox& outbox, SyncListener listener);
    ~Sync();
    Sync(Sync const&) = delete;
    Sync& operator=(Sync const&) = delete;

    /// Another call just found central gone, or back: the state follows at once and retries begin now.
    void heard(bool reachable);
    /// Another call was told that this terminal is withdrawn.
    void heard_withdrawn();

private:
    void pull_loop(std::stop_token stop);
    void push_loop(std::stop_token stop);
    /// `answered` is set once central has answered; what fails after that is no fault of central's.
    Result<void> pull_once(std::stop_token const& stop, bool& answered);
    void set_online(Online now);
    void set_online(Error const& failure);
    void tell_counts();
    /// Waits for the pause or until something calls for a new try.
    void pause(std::stop_token const& stop, std::chrono::milliseconds pause);

    Central& central_;
    Replica& replica_;
    Outbox& outbox_;
    SyncListener listener_;
    std::mutex guard_;
    std::condition_variable_any changed_;
    Online online_ = Online::Unknown;
    bool push_due_ = true;
    bool retry_now_ = false;
    std::stop_source stop_;
    std::stop_source pull_; ///< of the pull that waits at central now
    std::jthread puller_;
    std::jthread pusher_;
};

} // namespace portico::client
