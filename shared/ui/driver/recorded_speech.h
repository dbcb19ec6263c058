#pragma once

#include "shared/ui/speech/speaker.h"

namespace portico::ui {

/// Bench builds only: hands everything on to a speaker and keeps the words for the driver, in the program's
/// memory alone.
class RecordedSpeech final : public Speaker {
public:
    explicit RecordedSpeech(Speaker& inner) : inner_(inner) {}

    void say(std::vector<Phrase> phrases, Urgency urgency) override;
    std::vector<Phrase> stop() override { return inner_.stop(); }
    void adjust(VoiceSettings settings) override { inner_.adjust(settings); }
    bool speaks(std::string_view language) const override { return inner_.speaks(language); }

    /// What was given to the voice since the last question, as a JSON array of
    /// {"text","language","personal","interrupts"}; at most the newest 2000.
    std::string take_json();

private:
    struct Heard {
        Phrase phrase;
        bool interrupts = false;
    };
    Speaker& inner_;
    std::vector<Heard> heard_;
};

} // namespace portico::ui
