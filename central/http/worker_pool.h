#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace portico::central {

/// Threads that run handlers, so that one which waits for the disk or for hashing never holds up the network.
/// The queue is bounded: past it a call is told "busy" at once rather than late.
class WorkerPool {
public:
    WorkerPool(std::size_t threads, std::size_t queue_max);
    WorkerPool(WorkerPool const&) = delete;
    WorkerPool& operator=(WorkerPool const&) = delete;
    /// Runs what is queued, then ends.
    ~WorkerPool();

    /// False when the queue is full; then `job` does not run.
    bool submit(std::function<void()> job);

private:
    void run();

    std::size_t queue_max_;
    std::mutex guard_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> queue_;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

} // namespace portico::central
