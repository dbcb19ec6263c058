#pragma once

#include "shared/ui/speech/audio_out.h"

#include <condition_variable>
#include <deque>
#include <mutex>

namespace portico::ui {

/// Samples on their way from a voice to a device that pulls them. Holds so little that a pause is heard at
/// once.
class SampleQueue {
public:
    /// As AudioOut.
    bool play(std::uint64_t utterance, std::span<std::int16_t const> samples);
    bool finish(std::uint64_t utterance);
    void silence(std::uint64_t utterance);

    /// Fills `out`, with zeros where nothing waits. From the device's thread; returns how many were sound.
    std::size_t pull(std::span<std::int16_t> out);

private:
    /// A tenth of a second.
    static constexpr std::size_t waiting_max = speech_sample_rate / 10;

    std::mutex guard_;
    std::condition_variable moved_;
    std::deque<std::int16_t> waiting_;
    std::uint64_t silenced_ = 0;
};

} // namespace portico::ui
