#include "central/plan/overview_preparer.h"

#include <algorithm>

namespace portico::central {

OverviewPreparer::~OverviewPreparer() {
    {
        std::lock_guard const lock(guard_);
        ending_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable())
        thread_.join();
}

void OverviewPreparer::prepare(PatientId const& patient, Telling telling) {
    {
        std::lock_guard const lock(guard_);
        Wanted wanted{patient, telling};
        if (waiting_.size() >= waiting_max ||
            std::find(waiting_.begin(), waiting_.end(), wanted) != waiting_.end())
            return;
        waiting_.push_back(std::move(wanted));
        if (!thread_.joinable())
            thread_ = std::thread([this] { run(); });
    }
    changed_.notify_one();
}

void OverviewPreparer::run() {
    std::unique_lock lock(guard_);
    while (true) {
        changed_.wait(lock, [&] { return ending_ || !waiting_.empty(); });
        if (ending_)
            return;
        auto const wanted = std::move(waiting_.front());
        waiting_.pop_front();
        lock.unlock();
        make_(wanted.first, wanted.second);
        lock.lock();
    }
}

} // namespace portico::central
