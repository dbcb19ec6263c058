#pragma once

namespace portico::central {

/// Who schedules a thread and is told when it waits. Threads of nobody tell nobody.
class ThreadScheduler {
public:
    virtual void thread_waits() = 0;
    virtual void thread_goes_on() = 0;

protected:
    ~ThreadScheduler() = default;
};

inline thread_local ThreadScheduler* scheduler_of_thread = nullptr;

/// Stands around a wait for the disk, a server or a long calculation, so that another thread may use the core
/// meanwhile. Sections may lie within each other; only the outermost counts.
class BlockingSection {
public:
    BlockingSection() : told_(scheduler_of_thread) {
        scheduler_of_thread = nullptr;
        if (told_ != nullptr)
            told_->thread_waits();
    }
    ~BlockingSection() {
        if (told_ == nullptr)
            return;
        told_->thread_goes_on();
        scheduler_of_thread = told_;
    }
    BlockingSection(BlockingSection const&) = delete;
    BlockingSection& operator=(BlockingSection const&) = delete;

private:
    ThreadScheduler* told_;
};

} // namespace portico::central
