#pragma once

#include <functional>
#include <mutex>
#include <utility>
#include <vector>

namespace portico {

/// Values that worker threads hand to the one thread that owns the state. `post` from any thread;
/// `take_all` from the owner. `wake` runs on the posting thread after each post and must not block
/// (the UI pushes an event to its own loop there).
template <class T>
class Mailbox {
public:
    explicit Mailbox(std::function<void()> wake = {}) : wake_(std::move(wake)) {}

    void post(T value) {
        {
            std::lock_guard const lock(guard_);
            values_.push_back(std::move(value));
        }
        if (wake_)
            wake_();
    }

    std::vector<T> take_all() {
        std::lock_guard const lock(guard_);
        return std::exchange(values_, {});
    }

private:
    std::mutex guard_;
    std::vector<T> values_;
    std::function<void()> wake_;
};

} // namespace portico
