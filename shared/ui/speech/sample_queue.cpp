#include "shared/ui/speech/sample_queue.h"

#include <algorithm>

namespace portico::ui {

bool SampleQueue::play(std::uint64_t utterance, std::span<std::int16_t const> samples) {
    std::unique_lock lock(guard_);
    while (!samples.empty()) {
        moved_.wait(lock, [&] { return utterance <= silenced_ || waiting_.size() < waiting_max; });
        if (utterance <= silenced_)
            return false;
        auto const now = std::min(samples.size(), waiting_max - waiting_.size());
        waiting_.insert(waiting_.end(), samples.begin(), samples.begin() + static_cast<std::ptrdiff_t>(now));
        samples = samples.subspan(now);
    }
    return utterance > silenced_;
}

bool SampleQueue::finish(std::uint64_t utterance) {
    std::unique_lock lock(guard_);
    moved_.wait(lock, [&] { return utterance <= silenced_ || waiting_.empty(); });
    return utterance > silenced_;
}

void SampleQueue::silence(std::uint64_t utterance) {
    {
        std::lock_guard const lock(guard_);
        silenced_ = std::max(silenced_, utterance);
        std::fill(waiting_.begin(), waiting_.end(), std::int16_t{0});
        waiting_.clear();
    }
    moved_.notify_all();
}

std::size_t SampleQueue::pull(std::span<std::int16_t> out) {
    std::size_t sound = 0;
    {
        std::lock_guard const lock(guard_);
        sound = std::min(out.size(), waiting_.size());
        std::copy_n(waiting_.begin(), sound, out.begin());
        waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(sound));
    }
    std::fill(out.begin() + static_cast<std::ptrdiff_t>(sound), out.end(), std::int16_t{0});
    moved_.notify_all();
    return sound;
}

} // namespace portico::ui
