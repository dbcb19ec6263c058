#include "kiosk/app/turn.h"

#include <algorithm>

namespace portico::kiosk {

namespace {

constexpr int words_step = 40;
constexpr int volume_step = 20;

bool can_speak(App const& app) {
    return app.facts.speaks(app.settings.language);
}

void begin(Turn& turn) {
    turn.app.settings.speech.on = true;
    turn.ask(Say{SpeechDo::Begin});
}

void set_rate(Turn& turn, int by) {
    auto& words = turn.app.settings.speech.voice.words_per_minute;
    words = std::clamp(words + by, ui::words_per_minute_min, ui::words_per_minute_max);
    turn.ask(Say{SpeechDo::Tell, "listen.words"_msg.with("count", words)});
}

void set_volume(Turn& turn, int by) {
    auto& volume = turn.app.settings.speech.voice.volume_percent;
    volume = std::clamp(volume + by, ui::volume_percent_min, ui::volume_percent_max);
    turn.ask(Say{SpeechDo::Tell, "listen.percent"_msg.with("percent", volume)});
}

/// From the controls back to what was being read.
void leave_for(Turn& turn, SpeechDo what) {
    if (turn.on_top<ListenMenu>())
        turn.back();
    turn.ask(Say{what});
}

void listen(Turn& turn) {
    if (!can_speak(turn.app) || turn.on_top<ListenMenu>())
        return;
    if (!turn.app.settings.speech.on)
        return begin(turn);
    // A covered page and a goodbye stay in front: nothing opens over them.
    if (turn.on_top<StillThere>() || turn.on_top<VisitEnd>()) {
        turn.ask(Say{SpeechDo::ReadScreen});
        return;
    }
    turn.ask(Say{SpeechDo::Hold});
    turn.open(ListenMenu{});
}

} // namespace

void on_speech(Turn& turn, SpeechAct act) {
    switch (act) {
    case SpeechAct::Listen:
        return listen(turn);
    case SpeechAct::GoOn:
        return leave_for(turn, SpeechDo::GoOn);
    case SpeechAct::Repeat:
        return leave_for(turn, SpeechDo::Repeat);
    case SpeechAct::ReadAll:
        return leave_for(turn, SpeechDo::ReadScreen);
    case SpeechAct::Slower:
        return set_rate(turn, -words_step);
    case SpeechAct::Faster:
        return set_rate(turn, words_step);
    case SpeechAct::Softer:
        return set_volume(turn, -volume_step);
    case SpeechAct::Louder:
        return set_volume(turn, volume_step);
    case SpeechAct::Off:
        turn.app.settings.speech.on = false;
        if (turn.on_top<ListenMenu>())
            turn.back();
        return;
    }
}

void on_headphones(Turn& turn, Headphones now) {
    auto const before = std::exchange(turn.app.facts.headphones, now);
    if (before == now)
        return;
    if (now == Headphones::In) {
        // Who plugs in wants to listen; and what was withheld can now be said.
        if (can_speak(turn.app))
            begin(turn);
    } else if (before == Headphones::In) {
        turn.app.settings.speech.on = false;
        if (turn.on_top<ListenMenu>())
            turn.back();
    }
}

} // namespace portico::kiosk
