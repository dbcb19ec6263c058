#pragma once

#include "shared/base/result.h"
#include "shared/ui/speech/audio_out.h"
#include "shared/ui/speech/phrase.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace portico::ui {

/// Whether new speech waits for what is being said. Source: WAI-ARIA aria-live.
enum class Urgency : std::uint8_t { Waits, Interrupts };

/// How a voice speaks; a person chooses, and the next person begins anew.
struct VoiceSettings {
    int words_per_minute = 170;
    int volume_percent = 100;
    bool operator==(VoiceSettings const&) const = default;
};
inline constexpr int words_per_minute_min = 90;
inline constexpr int words_per_minute_max = 410;
inline constexpr int volume_percent_min = 20;
inline constexpr int volume_percent_max = 180;

/// Says phrases one after the other. Nothing here waits for sound: the UI thread calls it.
class Speaker {
public:
    Speaker() = default;
    Speaker(Speaker const&) = delete;
    Speaker& operator=(Speaker const&) = delete;
    virtual ~Speaker() = default;

    virtual void say(std::vector<Phrase> phrases, Urgency urgency) = 0;
    /// Silent at once. Gives back what had not been said to its end, in order, so that it can be said again.
    virtual std::vector<Phrase> stop() = 0;
    /// From the next phrase on.
    virtual void adjust(VoiceSettings settings) = 0;
    /// Whether there is a voice for this language. A phrase without one is left out: another language's voice
    /// never reads it.
    virtual bool speaks(std::string_view language) const = 0;
};

/// espeak-ng in this process, on a thread of its own. At most one at a time: the library is one for a
/// process. `languages` are the BCP 47 tags asked for later; `out` must outlive it. Errors: Unavailable
/// "speech_unavailable" when its data (espeak-ng-data) cannot be read.
Result<std::unique_ptr<Speaker>> make_espeak_speaker(AudioOut& out,
                                                     std::vector<std::string> const& languages);

} // namespace portico::ui
