#include "kiosk/screens/who_calls.h"

#include "kiosk/app/app.h"
#include "shared/ui/catalog.h"

namespace portico::kiosk {

namespace {

/// As it is said; one that this program does not know yet as it comes.
ui::Text word_text(ui::Ui const& ui, std::string const& word) {
    auto const found = ui.catalog().find("desk_word."_msgs, word);
    return found ? ui::Text(*found) : data(word);
}

void one_call(ui::Ui& ui, api::OpenCall const& call) {
    bool const ours = call.how == "we_called";
    ui.card([&] {
        ui.section(ours ? "who_calls.we_called"_msg : "who_calls.called_us"_msg,
                   {.icon = ours ? "phone-call" : "phone-incoming"});
        ui.text("desk_words.two"_msg.with("first", word_text(ui, call.words.front()))
                    .with("second", word_text(ui, call.words.back())),
                ui::TextKind::Display);
        ui.text(ours ? "who_calls.we_called_more"_msg : "who_calls.called_us_more"_msg);
    });
}

void calls(ui::Ui& ui, api::OpenCalls const& open) {
    bool any = false;
    for (auto const& call : open.calls) {
        if (call.words.size() != 2)
            continue;
        any = true;
        ui.keyed(call.words.front() + call.words.back(), [&] { one_call(ui, call); });
    }
    if (!any)
        return ui.banner(ui::BannerKind::LookAgain, "who_calls.nobody"_msg,
                         {.text = "who_calls.nobody_more"_msg, .icon = "phone-off"});
    ui.banner(ui::BannerKind::Notice, "who_calls.never"_msg, {.icon = "shield"});
}

} // namespace

MaybeIntent draw(ui::Ui& ui, App const& app, WhoCalls const& screen) {
    MaybeIntent intent;
    auto const bar = ui.frame(frame_of(app, WhoCalls::name), [&] {
        want(intent, ui.back("part.back"_msg), GoBack{});
        ui.heading("who_calls.title"_msg, {.subtitle = "who_calls.subtitle"_msg});
        when_loaded(ui, screen.calls, "who_calls.loading"_msg, intent,
                    [&](api::OpenCalls const& open) { calls(ui, open); });
        if (screen.calls.value)
            want(intent, ui.button("who_calls.again"_msg, {.icon = "rotate-ccw"}), Continue{});
    });
    return intent ? std::move(intent) : from_bar(bar);
}

} // namespace portico::kiosk
