#pragma once

#include "central/blocking.h"

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
///
/// No more of them run at a time than have a core to run on, not counted those in a `BlockingSection`, and
/// the one that went idle last is woken first: two dozen threads that take turns at two cores would each
/// bring their own cold cache, connection and statements to every call.
class WorkerPool final : ThreadScheduler {
public:
    /// `running_max` 0: as many as the machine has cores, and two for what waits without saying so.
    WorkerPool(std::size_t threads, std::size_t queue_max, std::size_t running_max = 0);
    WorkerPool(WorkerPool const&) = delete;
    WorkerPool& operator=(WorkerPool const&) = delete;
    /// Runs what is queued, then ends.
    ~WorkerPool();

    /// False when the queue is full; then `job` does not run.
    bool submit(std::function<void()> job);
    /// For what was admitted already and is asked again, with thousands of others at once: never refused but
    /// at the end, and run when nothing else is queued, or in turns with it. As many as there are callers
    /// wait at most.
    bool submit_later(std::function<void()> job);

private:
    struct Idle {
        bool woken = false;
        std::condition_variable wake;
    };
    void run();
    void thread_waits() override;
    void thread_goes_on() override;
    void wake_one_if_due();
    std::function<void()> take_job();

    std::size_t queue_max_;
    std::size_t running_max_;
    std::mutex guard_;
    std::vector<Idle*> idle_; ///< the last one to go idle at the end
    std::size_t running_ = 0; ///< woken, not idle and not blocked
    std::deque<std::function<void()>> queue_;
    std::deque<std::function<void()>> later_;
    int in_a_row_ = 0; ///< of `queue_`, while `later_` waits
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

} // namespace portico::central
