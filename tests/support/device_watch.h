#pragma once

#include "tests/support/eventually.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <variant>
#include <vector>

namespace portico::test {

/// Collects the states a device tells of, and waits for one.
template <class State>
class DeviceWatch {
public:
    template <class Device>
    explicit DeviceWatch(Device& device) {
        device.watch([this](State const& state) {
            std::lock_guard const lock(guard_);
            states_.push_back(state);
            changed_.notify_all();
        });
        stop_ = [&device] { device.watch({}); };
    }
    ~DeviceWatch() { stop_(); }
    DeviceWatch(DeviceWatch const&) = delete;
    DeviceWatch& operator=(DeviceWatch const&) = delete;

    /// True as soon as the newest state satisfies `wanted`; false after `eventually_max` without.
    bool wait(std::function<bool(State const&)> const& wanted) {
        std::unique_lock lock(guard_);
        return changed_.wait_for(lock, eventually_max,
                                 [&] { return !states_.empty() && wanted(states_.back()); });
    }
    /// As `wait`, of any state until now: for what may be over before anybody looks.
    bool wait_ever(std::function<bool(State const&)> const& wanted) {
        std::unique_lock lock(guard_);
        return changed_.wait_for(lock, eventually_max, [&] {
            return std::any_of(states_.begin(), states_.end(),
                               [&](State const& state) { return wanted(state); });
        });
    }
    template <class Alternative>
    bool wait_for() {
        return wait([](State const& state) { return std::holds_alternative<Alternative>(state); });
    }
    /// As `wait_for`: what was waited for, whatever has come after it; nothing when it did not come.
    template <class Alternative>
    std::optional<Alternative> take() {
        std::optional<Alternative> found;
        wait([&](State const& state) {
            if (auto const* wanted = std::get_if<Alternative>(&state))
                found = *wanted;
            return found.has_value();
        });
        return found;
    }
    std::vector<State> all() const {
        std::lock_guard const lock(guard_);
        return states_;
    }

private:
    mutable std::mutex guard_;
    std::condition_variable changed_;
    std::vector<State> states_;
    std::function<void()> stop_;
};

} // namespace portico::test
