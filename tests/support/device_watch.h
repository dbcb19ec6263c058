#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
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

    /// True as soon as the newest state satisfies `wanted`; false after 20 s without.
    bool wait(std::function<bool(State const&)> const& wanted) {
        std::unique_lock lock(guard_);
        return changed_.wait_for(lock, std::chrono::seconds(20),
                                 [&] { return !states_.empty() && wanted(states_.back()); });
    }
    template <class Alternative>
    bool wait_for() {
        return wait([](State const& state) { return std::holds_alternative<Alternative>(state); });
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
