#pragma once

#include "shared/ui/speech/audio_out.h"

#include <filesystem>
#include <mutex>
#include <vector>

namespace portico::ui {

/// A sound device for programs without one: what is played is heard at once and kept, the last minute of it.
class CollectedAudio final : public AudioOut {
public:
    bool play(std::uint64_t utterance, std::span<std::int16_t const> samples) override;
    bool finish(std::uint64_t utterance) override;
    void silence(std::uint64_t utterance) override;

    std::vector<std::int16_t> samples() const;
    /// As a WAV file (RIFF, PCM). Errors: Full when it cannot be written.
    Result<void> write_wav(std::filesystem::path const& file) const;

private:
    static constexpr std::size_t samples_max = std::size_t{60} * speech_sample_rate;

    mutable std::mutex guard_;
    std::vector<std::int16_t> samples_;
    std::uint64_t silenced_ = 0;
};

} // namespace portico::ui
