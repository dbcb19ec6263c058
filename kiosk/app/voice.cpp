#include "kiosk/app/voice.h"

namespace portico::kiosk {

void Voice::ask(Say say) {
    // A pause takes effect now, before the next frame is drawn.
    if (say.what == SpeechDo::Hold)
        return hold();
    wanted_.push_back(std::move(say));
}

void Voice::hold() {
    ui::wipe_phrases(held_);
    held_ = speaker_.stop();
}

void Voice::say(std::vector<ui::Phrase> phrases, ui::Urgency urgency, App const& app) {
    if (phrases.empty())
        return;
    if (app.facts.headphones != Headphones::In) {
        ui::Msg const instead =
            app.facts.headphones == Headphones::Out ? "listen.plug_in"_msg : "listen.not_here"_msg;
        auto const& language = app.settings.language;
        phrases = ui::said_aloud(std::move(phrases), {catalog_.plain(instead, language), language, false});
    }
    speaker_.say(std::move(phrases), urgency);
}

void Voice::read(ui::SemanticFrame const& frame, App const& app, std::vector<ui::Phrase> first) {
    narrator_.know(frame);
    for (auto& phrase : ui::read_screen(frame, catalog_))
        first.push_back(std::move(phrase));
    ui::wipe_phrases(last_);
    last_ = first;
    say(std::move(first), ui::Urgency::Interrupts, app);
}

void Voice::act(Say const& wanted, ui::SemanticFrame const& frame, App const& app) {
    auto const& language = app.settings.language;
    switch (wanted.what) {
    case SpeechDo::Begin:
        return read(frame, app, {{catalog_.plain("listen.begins"_msg, language), language, false}});
    case SpeechDo::ReadScreen:
        return read(frame, app, {});
    case SpeechDo::Tell:
        return say({{catalog_.plain(wanted.words, language) + ".", language, false}}, ui::Urgency::Interrupts,
                   app);
    case SpeechDo::GoOn:
        if (held_.empty())
            return; // all had been said: the screen that came back is told as any other
        narrator_.know(frame);
        say(std::exchange(held_, {}), ui::Urgency::Interrupts, app);
        return;
    case SpeechDo::Repeat:
        if (last_.empty())
            return read(frame, app, {});
        narrator_.know(frame);
        say(last_, ui::Urgency::Interrupts, app);
        return;
    case SpeechDo::Hold:
        return;
    }
}

void Voice::shown(ui::SemanticFrame const& frame, App const& app) {
    auto const& speech = app.settings.speech;
    if (!speech.on) {
        if (on_)
            forget();
        on_ = false;
        wanted_.clear();
        return;
    }
    on_ = true;
    if (!(settings_ == speech.voice)) {
        settings_ = speech.voice;
        speaker_.adjust(settings_);
    }
    // In the middle of a change of language the frame still speaks the former one.
    if (frame.nodes.empty() || frame.language != app.settings.language)
        return;
    for (auto const& wanted : std::exchange(wanted_, {}))
        act(wanted, frame, app);
    auto news = narrator_.follow(frame);
    if (news.phrases.empty())
        return;
    // The controls of speech are not what a person wants to hear again.
    if (!std::holds_alternative<ListenMenu>(app.screen)) {
        ui::wipe_phrases(last_);
        last_ = news.phrases;
    }
    say(std::move(news.phrases), news.urgency, app);
}

void Voice::forget() {
    auto left = speaker_.stop();
    ui::wipe_phrases(left);
    ui::wipe_phrases(held_);
    ui::wipe_phrases(last_);
    narrator_.forget();
}

} // namespace portico::kiosk
