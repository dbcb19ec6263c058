#include "shared/client/sync.h"

#include "shared/base/uuid.h"
#include "shared/client/withdrawn.h"

namespace portico::client {

namespace {

std::chrono::milliseconds with_jitter(std::chrono::milliseconds pause) {
    auto const random = random_bytes(2);
    auto const fraction = (random[0] * 256 + random[1]) / 65536.0;
    return std::chrono::milliseconds(
        static_cast<std::int64_t>(static_cast<double>(pause.count()) * (0.5 + fraction / 2)));
}

bool is_transport(Error const& failure) {
    return failure.reason == "central_unreachable" || failure.kind == ErrorKind::TimedOut ||
           failure.reason == "central_not_trusted";
}

} // namespace

Sync::Sync(Central& central, Replica& replica, Outbox& outbox, SyncListener listener)
    : central_(central), replica_(replica), outbox_(outbox), listener_(std::move(listener)) {
    outbox_.on_added([this] {
        {
            std::lock_guard const lock(guard_);
            push_due_ = true;
        }
        changed_.notify_all();
        tell_counts();
    });
    puller_ = std::jthread([this] { pull_loop(stop_.get_token()); });
    pusher_ = std::jthread([this] { push_loop(stop_.get_token()); });
}

Sync::~Sync() {
    stop_.request_stop();
    changed_.notify_all();
    puller_.join();
    pusher_.join();
    outbox_.on_added({});
}

void Sync::heard(bool reachable) {
    {
        std::lock_guard const lock(guard_);
        if (reachable && online_ == Online::Yes)
            return; // nothing new
        retry_now_ = retry_now_ || reachable != (online_ == Online::Yes);
        if (!reachable)
            pull_.request_stop(); // its connection may be dead without knowing it
    }
    if (!reachable)
        set_online(Online::No);
    changed_.notify_all();
}

void Sync::heard_withdrawn() {
    set_online(Online::Withdrawn);
}

void Sync::set_online(Online now) {
    {
        std::lock_guard const lock(guard_);
        if (online_ == now)
            return;
        online_ = now;
        push_due_ = push_due_ || now == Online::Yes;
    }
    changed_.notify_all();
    if (listener_.online)
        listener_.online(now);
}

void Sync::set_online(Error const& failure) {
    if (failure.kind == ErrorKind::Cancelled)
        return;
    set_online(failure.reason == "clock_wrong" ? Online::WrongTime
               : is_transport(failure)         ? Online::No
               : is_withdrawn(failure)         ? Online::Withdrawn
                                               : Online::Refused);
}

void Sync::tell_counts() {
    auto const counts = outbox_.counts();
    if (counts.has_value() && listener_.outbox)
        listener_.outbox(counts.value());
}

void Sync::pause(std::stop_token const& stop, std::chrono::milliseconds pause) {
    std::unique_lock lock(guard_);
    changed_.wait_for(lock, stop, with_jitter(pause), [this] { return retry_now_; });
    retry_now_ = false;
}

Result<void> Sync::pull_once(std::stop_token const& stop, bool& answered) {
    // Not known to be online: ask without a wait, so that coming back shows at once.
    bool settled = false;
    std::stop_source mine;
    {
        std::lock_guard const lock(guard_);
        settled = online_ == Online::Yes;
        pull_ = mine;
    }
    std::stop_callback const end(stop, [&] { mine.request_stop(); });
    auto const begun = std::chrono::steady_clock::now();
    auto const pulled =
        TRY(pull_changes(central_, replica_, settled ? pull_wait_s : 0, mine.get_token(), [&] {
            answered = true;
            set_online(Online::Yes);
        }));
    if (listener_.event)
        for (auto const& event : pulled.events)
            listener_.event(event);
    if (pulled.moved && listener_.replica)
        listener_.replica();
    if (settled && !pulled.moved && std::chrono::steady_clock::now() - begun < empty_pull_pause)
        pause(stop, empty_pull_pause);
    return ok();
}

void Sync::pull_loop(std::stop_token stop) {
    auto wait = retry_pause_min;
    while (!stop.stop_requested()) {
        bool answered = false;
        auto const outcome = pull_once(stop, answered);
        if (outcome.has_value()) {
            wait = retry_pause_min;
            continue;
        }
        if (!answered) // else central is there, and what failed is this terminal's own disk
            set_online(outcome.error());
        if (!stop.stop_requested())
            pause(stop, is_withdrawn(outcome.error()) ? withdrawn_pause : wait);
        wait = std::min(wait * 2, retry_pause_max);
    }
}

void Sync::push_loop(std::stop_token stop) {
    tell_counts();
    auto wait = retry_pause_min;
    while (!stop.stop_requested()) {
        {
            std::unique_lock lock(guard_);
            changed_.wait(lock, stop, [this] { return push_due_ && online_ == Online::Yes; });
            push_due_ = false;
        }
        if (stop.stop_requested())
            return;
        auto const outcome = push_operations(central_, outbox_, stop);
        if (outcome.has_value() && outcome.value() == Push::NothingWaits) {
            wait = retry_pause_min;
            continue;
        }
        tell_counts();
        if (outcome.has_error() && is_transport(outcome.error()))
            heard(false);
        std::unique_lock lock(guard_);
        push_due_ = true;
        if (outcome.has_value() && outcome.value() == Push::Settled) {
            wait = retry_pause_min;
            continue;
        }
        changed_.wait_for(lock, stop, with_jitter(wait), [] { return false; });
        wait = std::min(wait * 2, retry_pause_max);
    }
}

} // namespace portico::client
