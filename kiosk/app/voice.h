#pragma once

#include "kiosk/app/app.h"
#include "shared/ui/speech/narrator.h"
#include "shared/ui/speech/speaker.h"

#include <optional>

namespace portico::kiosk {

/// Speaks for the person who stands here: follows the frames while speech is on, and does what is asked of it
/// once the frame it concerns is there. UI thread; never waits for sound.
class Voice {
public:
    /// Both must outlive it.
    Voice(ui::Catalog const& catalog, ui::Speaker& speaker)
        : catalog_(catalog), speaker_(speaker), narrator_(catalog) {}

    void ask(Say say);
    /// After each turn of the loop, with the frame that is on the screen.
    void shown(ui::SemanticFrame const& frame, App const& app);
    /// Silent at once, and nothing of what was said stays in memory.
    void forget();

private:
    void hold();
    void say(std::vector<ui::Phrase> phrases, ui::Urgency urgency, App const& app);
    void act(Say const& wanted, ui::SemanticFrame const& frame, App const& app);
    void read(ui::SemanticFrame const& frame, App const& app, std::vector<ui::Phrase> first);

    ui::Catalog const& catalog_;
    ui::Speaker& speaker_;
    ui::Narrator narrator_;
    std::vector<Say> wanted_;
    std::vector<ui::Phrase> held_; ///< not yet said when the person asked for a pause
    std::vector<ui::Phrase> last_; ///< for "repeat": with what only headphones may carry
    ui::VoiceSettings settings_;
    bool on_ = false;
};

} // namespace portico::kiosk
