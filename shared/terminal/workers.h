#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace portico::terminal {

/// Threads that carry out tasks in the order they came. What a task leaves on its stack is wiped after it.
class Workers {
public:
    explicit Workers(int count);
    /// Waits for the tasks that run; those that wait are not begun.
    ~Workers();
    Workers(Workers const&) = delete;
    Workers& operator=(Workers const&) = delete;

    /// Never blocks.
    void run(std::function<void()> task);
    /// What was not begun yet is not begun any more.
    void drop_waiting();

private:
    void work(std::stop_token stop);

    std::mutex guard_;
    std::condition_variable_any ready_;
    std::deque<std::function<void()>> tasks_;
    std::vector<std::jthread> threads_; // last: they use everything above
};

} // namespace portico::terminal
