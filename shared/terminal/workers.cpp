#include "shared/terminal/workers.h"

#include "shared/base/wipe_stack.h"

namespace portico::terminal {

Workers::Workers(int count) {
    for (int i = 0; i < count; ++i)
        threads_.emplace_back([this](std::stop_token stop) { work(stop); });
}

Workers::~Workers() {
    for (auto& thread : threads_)
        thread.request_stop();
    ready_.notify_all();
    threads_.clear();
}

void Workers::work(std::stop_token stop) {
    while (true) {
        std::function<void()> task;
        {
            std::unique_lock lock(guard_);
            if (!ready_.wait(lock, stop, [this] { return !tasks_.empty(); }))
                return;
            task = std::move(tasks_.front());
            tasks_.pop_front();
        }
        task();
        task = nullptr;
        wipe_unused_stack();
    }
}

void Workers::run(std::function<void()> task) {
    {
        std::lock_guard const lock(guard_);
        tasks_.push_back(std::move(task));
    }
    ready_.notify_one();
}

void Workers::drop_waiting() {
    std::lock_guard const lock(guard_);
    tasks_.clear();
}

} // namespace portico::terminal
