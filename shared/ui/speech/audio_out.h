#pragma once

#include "shared/base/result.h"

#include <cstdint>
#include <memory>
#include <span>

namespace portico::ui {

/// Samples a second of all speech: what espeak-ng makes.
inline constexpr int speech_sample_rate = 22050;

/// Where sound goes: mono, signed 16 bit, `speech_sample_rate`. One thread plays; any thread silences.
class AudioOut {
public:
    AudioOut() = default;
    AudioOut(AudioOut const&) = delete;
    AudioOut& operator=(AudioOut const&) = delete;
    virtual ~AudioOut() = default;

    /// Utterances are numbered upwards; one that was silenced is never heard again, however late its samples
    /// come. Blocks while enough waits to be heard. False once it is silenced.
    virtual bool play(std::uint64_t utterance, std::span<std::int16_t const> samples) = 0;
    /// Blocks until all of it was heard. False when it was silenced first.
    virtual bool finish(std::uint64_t utterance) = 0;
    /// At once: drops what was not heard of this utterance and all before.
    virtual void silence(std::uint64_t utterance) = 0;
};

/// The sound device of the machine, through SDL. Errors: Unavailable "no_audio" where there is none.
Result<std::unique_ptr<AudioOut>> make_sdl_audio();

} // namespace portico::ui
