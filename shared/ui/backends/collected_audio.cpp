#include "shared/ui/backends/collected_audio.h"

#include <algorithm>
#include <fstream>

namespace portico::ui {
namespace {

void put(std::string& to, std::uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i)
        to += static_cast<char>(value >> (8 * i) & 0xFFU);
}

} // namespace

bool CollectedAudio::play(std::uint64_t utterance, std::span<std::int16_t const> samples) {
    std::lock_guard const lock(guard_);
    if (utterance <= silenced_)
        return false;
    samples_.insert(samples_.end(), samples.begin(), samples.end());
    if (samples_.size() > samples_max)
        samples_.erase(samples_.begin(), samples_.end() - samples_max);
    return true;
}

bool CollectedAudio::finish(std::uint64_t utterance) {
    std::lock_guard const lock(guard_);
    return utterance > silenced_;
}

void CollectedAudio::silence(std::uint64_t utterance) {
    std::lock_guard const lock(guard_);
    silenced_ = std::max(silenced_, utterance);
}

std::vector<std::int16_t> CollectedAudio::samples() const {
    std::lock_guard const lock(guard_);
    return samples_;
}

Result<void> CollectedAudio::write_wav(std::filesystem::path const& file) const {
    auto const sound = samples();
    auto const bytes = static_cast<std::uint32_t>(sound.size() * 2);
    std::string out = "RIFF";
    put(out, 36 + bytes, 4);
    out += "WAVEfmt ";
    put(out, 16, 4);
    put(out, 1, 2); // PCM
    put(out, 1, 2); // mono
    put(out, speech_sample_rate, 4);
    put(out, speech_sample_rate * 2, 4);
    put(out, 2, 2);
    put(out, 16, 2);
    out += "data";
    put(out, bytes, 4);
    for (auto const sample : sound)
        put(out, static_cast<std::uint16_t>(sample), 2);
    std::ofstream stream(file, std::ios::binary);
    stream << out;
    stream.close();
    if (!stream)
        return error(ErrorKind::Full, "wav_unwritable", "cannot write " + file.string());
    return ok();
}

} // namespace portico::ui
