#pragma once

#include "shared/base/result.h"
#include "shared/ui/speech/audio_out.h"
#include "shared/ui/speech/speaker.h"
#ifdef PORTICO_BENCH_PARTS
#include "shared/ui/backends/collected_audio.h"
#include "shared/ui/driver/recorded_speech.h"
#endif

#include <memory>
#include <string>
#include <vector>

namespace portico::kiosk {

/// The voice of this terminal and where it is heard.
struct Sound {
    std::unique_ptr<ui::AudioOut> out;
    std::unique_ptr<ui::Speaker> voice; // after `out`: it plays there
#ifdef PORTICO_BENCH_PARTS
    ui::CollectedAudio* collected = nullptr;
    std::unique_ptr<ui::RecordedSpeech> recorded;
#endif

    ui::Speaker& speaker();
    /// Of `languages`, those it has a voice for.
    std::vector<std::string> voices(std::vector<std::string> const& languages) const;
};

/// Errors: Unavailable "no_audio" without a sound device (headless: only a bench has one, which collects);
/// "speech_unavailable".
Result<std::unique_ptr<Sound>> open_sound(bool headless, std::vector<std::string> const& languages);

} // namespace portico::kiosk
