#include "central/http/worker_pool.h"

#include <algorithm>
#include <utility>

namespace portico::central {

namespace {
constexpr std::size_t spare = 2;
/// So many of the queue before one that was to wait: however busy it is, that one comes to its turn.
constexpr int before_later = 4;
} // namespace

WorkerPool::WorkerPool(std::size_t threads, std::size_t queue_max, std::size_t running_max)
    : queue_max_(queue_max),
      running_max_(running_max != 0 ? running_max
                                    : std::max(1U, std::thread::hardware_concurrency()) + spare),
      running_(threads) {
    for (std::size_t i = 0; i < threads; ++i)
        threads_.emplace_back([this] { run(); });
}

WorkerPool::~WorkerPool() {
    {
        std::lock_guard const lock(guard_);
        stopping_ = true;
        for (auto* each : idle_) {
            each->woken = true;
            ++running_;
            each->wake.notify_one();
        }
        idle_.clear();
    }
    for (auto& thread : threads_)
        thread.join();
}

bool WorkerPool::submit(std::function<void()> job) {
    std::lock_guard const lock(guard_);
    if (stopping_ || queue_.size() >= queue_max_)
        return false;
    queue_.push_back(std::move(job));
    wake_one_if_due();
    return true;
}

bool WorkerPool::submit_later(std::function<void()> job) {
    std::lock_guard const lock(guard_);
    if (stopping_)
        return false;
    later_.push_back(std::move(job));
    wake_one_if_due();
    return true;
}

std::function<void()> WorkerPool::take_job() {
    bool const from_later = queue_.empty() || (!later_.empty() && in_a_row_ >= before_later);
    in_a_row_ = from_later || later_.empty() ? 0 : in_a_row_ + 1;
    auto& from = from_later ? later_ : queue_;
    auto job = std::move(from.front());
    from.pop_front();
    return job;
}

void WorkerPool::wake_one_if_due() {
    if ((queue_.empty() && later_.empty()) || idle_.empty() || running_ >= running_max_)
        return;
    auto* const last = idle_.back();
    idle_.pop_back();
    last->woken = true;
    ++running_;
    last->wake.notify_one();
}

void WorkerPool::thread_waits() {
    std::lock_guard const lock(guard_);
    --running_;
    wake_one_if_due();
}

void WorkerPool::thread_goes_on() {
    // At once, even past the limit: it has a call half done. The next to end its job makes up for it.
    std::lock_guard const lock(guard_);
    ++running_;
}

void WorkerPool::run() {
    scheduler_of_thread = this;
    Idle self;
    std::unique_lock lock(guard_);
    while (true) {
        if ((!queue_.empty() || !later_.empty()) && running_ <= running_max_) {
            auto job = take_job();
            lock.unlock();
            job();
            job = nullptr;
            lock.lock();
            continue;
        }
        --running_;
        if (stopping_)
            return; // with a queue that is empty, or left to those who still may run
        self.woken = false;
        idle_.push_back(&self);
        // Whoever gave up its turn here may have left the queue to nobody.
        wake_one_if_due();
        self.wake.wait(lock, [&] { return self.woken; });
    }
}

} // namespace portico::central
