#include "kiosk/screens/listen.h"

#include "kiosk/app/app.h"

namespace portico::kiosk {

namespace {

ui::Text headphones_text(Headphones headphones) {
    switch (headphones) {
    case Headphones::NoJack:
        return "listen.headphones_none"_msg;
    case Headphones::Out:
        return "listen.headphones_out"_msg;
    case Headphones::In:
        return "listen.headphones_in"_msg;
    }
    return "listen.headphones_none"_msg;
}

void less_and_more(ui::Ui& ui, MaybeIntent& intent, ui::Text const& less, ui::Text const& least,
                   SpeechAct make_less, ui::Text const& more, ui::Text const& most, SpeechAct make_more) {
    ui.buttons([&] {
        want(intent, ui.button(less, {.icon = "minus", .off = least}), Speak{make_less});
        want(intent, ui.button(more, {.icon = "plus", .off = most}), Speak{make_more});
    });
}

} // namespace

MaybeIntent draw(ui::Ui& ui, App const& app, ListenMenu const&) {
    MaybeIntent intent;
    auto const& voice = app.settings.speech.voice;
    auto const bar = ui.frame(frame_of(app, ListenMenu::name), [&] {
        ui.heading("listen.title"_msg, {.subtitle = "listen.subtitle"_msg});
        ui.buttons([&] {
            want(intent,
                 ui.button("listen.go_on"_msg,
                           {.kind = ui::ButtonKind::Primary, .icon = "arrow-right", .safe = true}),
                 Speak{SpeechAct::GoOn});
            want(intent, ui.button("listen.repeat"_msg, {.icon = "rotate-ccw"}), Speak{SpeechAct::Repeat});
        });
        ui.buttons([&] {
            want(intent, ui.button("listen.read_all"_msg, {.icon = "file-text"}), Speak{SpeechAct::ReadAll});
            want(intent, ui.button("listen.off"_msg, {.icon = "x"}), Speak{SpeechAct::Off});
        });
        ui.card([&] {
            ui.fact("listen.speed"_msg, "listen.words"_msg.with("count", voice.words_per_minute));
            less_and_more(
                ui, intent, "listen.slower"_msg,
                voice.words_per_minute <= ui::words_per_minute_min ? "listen.slowest"_msg : ui::Text(),
                SpeechAct::Slower, "listen.faster"_msg,
                voice.words_per_minute >= ui::words_per_minute_max ? "listen.fastest"_msg : ui::Text(),
                SpeechAct::Faster);
        });
        ui.card([&] {
            ui.fact("listen.volume"_msg, "listen.percent"_msg.with("percent", voice.volume_percent));
            less_and_more(ui, intent, "listen.softer"_msg,
                          voice.volume_percent <= ui::volume_percent_min ? "listen.softest"_msg : ui::Text(),
                          SpeechAct::Softer, "listen.louder"_msg,
                          voice.volume_percent >= ui::volume_percent_max ? "listen.loudest"_msg : ui::Text(),
                          SpeechAct::Louder);
        });
        ui.fact("listen.headphones"_msg, headphones_text(app.facts.headphones), {.icon = "headphones"});
    });
    return intent ? std::move(intent) : from_bar(bar);
}

} // namespace portico::kiosk
