#include "kiosk/screens/set_up.h"

#include "kiosk/app/app.h"

namespace portico::kiosk {

SetUp const& set_up_of(App const& app) {
    static SetUp const untouched;
    return app.set_up ? *app.set_up : untouched;
}

namespace {

using Pill = ui::RowButtonSpec::Pill;

Pill done_pill() {
    return {.text = "set_up.done"_msg, .kind = ui::PillKind::Good, .icon = "circle-check"};
}
Pill to_do_pill() {
    return {.text = "set_up.to_do"_msg};
}

bool all_touched(SetUp const& set_up) {
    for (bool const each : set_up.touched)
        if (!each)
            return false;
    return true;
}

/// Where "Start" leads says whom this kiosk belongs to: whoever set it up sees if it is not their plan.
ui::Text what_central_is(App const& app, SetUp const& set_up) {
    if (!set_up.certified)
        return "set_up.central_what"_msg;
    return "set_up.central_done"_msg.with("plan", app.facts.plan_name);
}

void certified_news(ui::Ui& ui, App const& app, SetUp const& set_up, MaybeIntent& intent) {
    if (!set_up.certified)
        return;
    if (set_up.central.failure)
        ui.banner(ui::BannerKind::LookAgain, "set_up.central_silent"_msg,
                  {.text = "set_up.central_silent_more"_msg, .icon = "wifi-off"}, [&] {
                      want(intent, ui.button("part.try_again"_msg, {.icon = "rotate-ccw", .small = true}),
                           Retry{});
                  });
    else
        ui.banner(ui::BannerKind::Good, "set_up.certified"_msg.with("plan", app.facts.plan_name),
                  {.text = set_up.central_reached ? "set_up.certified_more"_msg : "set_up.asking"_msg});
}

} // namespace

MaybeIntent draw(ui::Ui& ui, App const& app, SetUpLanguage const&) {
    MaybeIntent intent;
    auto spec = frame_of(app, SetUpLanguage::name);
    spec.switches_begin = true;
    auto const bar = ui.frame(spec, [&] {
        ui.heading("set_up_language.title"_msg, {.subtitle = "set_up_language.subtitle"_msg});
        language_list(ui, app, intent);
        ui.card([&] { ui.text("set_up_language.member"_msg, ui::TextKind::Secondary); },
                {.kind = ui::CardKind::Sunken});
    });
    return intent ? std::move(intent) : from_bar(bar);
}

MaybeIntent draw(ui::Ui& ui, App const& app, SetUpHub const&) {
    MaybeIntent intent;
    auto const& set_up = set_up_of(app);
    auto const bar = ui.frame(frame_of(app, SetUpHub::name), [&] {
        want(intent, ui.back("part.back"_msg), GoBack{});
        ui.heading("set_up.title"_msg, {.subtitle = low_screen(ui) ? ui::Text() : "set_up.subtitle"_msg});
        certified_news(ui, app, set_up, intent);
        ui.list([&] {
            want(intent,
                 ui.row_button("set_up.central"_msg,
                               {.icon = "shield-check",
                                .subtitle = what_central_is(app, set_up),
                                .pills = {set_up.certified ? done_pill() : to_do_pill()},
                                .off = set_up.certified ? "set_up.central_once"_msg : ui::Text()}),
                 Open{Place::SetUpCentral});
            want(intent,
                 ui.row_button("set_up.touch"_msg,
                               {.icon = "circle-check",
                                .subtitle = "set_up.touch_what"_msg,
                                .pills = {all_touched(set_up) ? done_pill() : to_do_pill()}}),
                 Open{Place::SetUpTouch});
            want(intent,
                 ui.row_button("set_up.devices"_msg,
                               {.icon = "settings", .subtitle = "set_up.devices_what"_msg}),
                 Open{Place::SetUpDevices});
        });
        ui.buttons([&] {
            want(intent,
                 ui.button("set_up.start"_msg,
                           {.kind = ui::ButtonKind::Primary,
                            .icon = "play",
                            .off = set_up.certified ? ui::Text() : "set_up.start_off"_msg}),
                 Continue{});
        });
    });
    return intent ? std::move(intent) : from_bar(bar);
}

MaybeIntent draw(ui::Ui& ui, App const& app, SetUpHelp const&) {
    MaybeIntent intent;
    auto const bar = ui.frame(frame_of(app, SetUpHelp::name), [&] {
        want(intent, ui.back("part.back"_msg), GoBack{});
        ui.heading("set_up_help.title"_msg, {.subtitle = "set_up_help.subtitle"_msg});
        auto const part = [&](ui::Msg title, char const* icon, ui::Msg what) {
            ui.card([&] {
                ui.section(title, {.icon = icon});
                ui.text(what);
            });
        };
        part("set_up_help.code"_msg, "ticket", "set_up_help.code_what"_msg);
        part("set_up_help.qr"_msg, "scan-line", "set_up_help.qr_what"_msg);
        part("set_up_help.fingerprint"_msg, "shield-check", "set_up_help.fingerprint_what"_msg);
        part("set_up_help.again"_msg, "rotate-ccw", "set_up_help.again_what"_msg);
    });
    return intent ? std::move(intent) : from_bar(bar);
}

} // namespace portico::kiosk
