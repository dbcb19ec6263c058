#pragma once

#include <functional>
#include <mutex>
#include <utility>

namespace portico {

/// The state of a device: its own thread sets it, any thread reads it, one watcher is told of each change.
template <class State>
class WatchedState {
public:
    explicit WatchedState(State first) : state_(std::move(first)) {}

    State get() const {
        std::lock_guard const lock(state_guard_);
        return state_;
    }

    /// Tells `changed` the present state now and each other one later, on the thread that sets it. None runs
    /// after `watch({})` has returned.
    void watch(std::function<void(State const&)> changed) {
        std::lock_guard const lock(watch_guard_);
        changed_ = std::move(changed);
        if (changed_)
            changed_(get());
    }

    void set(State next) {
        std::lock_guard const lock(watch_guard_);
        {
            std::lock_guard const state_lock(state_guard_);
            if (state_ == next)
                return;
            state_ = next;
        }
        if (changed_)
            changed_(next);
    }

private:
    mutable std::mutex state_guard_;
    State state_;
    /// Held while `changed_` runs; never taken by `get`, which a watcher may call.
    std::mutex watch_guard_;
    std::function<void(State const&)> changed_;
};

} // namespace portico
