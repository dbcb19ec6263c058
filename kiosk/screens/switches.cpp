#include "kiosk/screens/switches.h"

#include "kiosk/app/app.h"

namespace portico::kiosk {

namespace {

struct Offered {
    int ms;
    ui::Msg words;
};
constexpr Offered hold_offs[] = {{0, "switches.hold_none"_msg},
                                 {300, "switches.hold_300"_msg},
                                 {600, "switches.hold_600"_msg},
                                 {1000, "switches.hold_1000"_msg}};
constexpr Offered paces[] = {{1000, "switches.pace_1000"_msg},
                             {2000, "switches.pace_2000"_msg},
                             {3000, "switches.pace_3000"_msg},
                             {5000, "switches.pace_5000"_msg}};
constexpr int first_pace_ms = 2000;

void ways(ui::Ui& ui, SwitchSettings const& now, MaybeIntent& intent) {
    struct Way {
        ui::Msg title, more;
        SwitchSettings settings;
    };
    int const pace = now.every_ms > 0 ? now.every_ms : first_pace_ms;
    Way const offered[] = {{"switches.two"_msg, "switches.two_more"_msg, {true, now.hold_off_ms, 0}},
                           {"switches.one"_msg, "switches.one_more"_msg, {true, now.hold_off_ms, pace}},
                           {"switches.none"_msg, "switches.none_more"_msg, {false, now.hold_off_ms, 0}}};
    ui.list([&] {
        for (auto const& way : offered)
            want(intent,
                 ui.row_button(way.title, {.icon = way.settings.on ? "accessibility" : "x",
                                           .subtitle = way.more,
                                           .chevron = false,
                                           .selected = way.settings == now}),
                 SetSwitches{way.settings});
    });
}

void times(ui::Ui& ui, std::span<Offered const> offered, int SwitchSettings::*time, SwitchSettings const& now,
           MaybeIntent& intent) {
    ui.row([&] {
        for (auto const& each : offered) {
            auto changed = now;
            changed.*time = each.ms;
            want(intent, ui.chip(each.words, now.*time == each.ms), SetSwitches{changed});
        }
    });
}

} // namespace

MaybeIntent draw(ui::Ui& ui, App const& app, SwitchMenu const&) {
    MaybeIntent intent;
    auto const& now = app.settings.switches;
    auto const bar = ui.frame(frame_of(app, SwitchMenu::name), [&] {
        want(intent, ui.back("part.back"_msg), GoBack{});
        ui.heading("switches.title"_msg, {.subtitle = "switches.subtitle"_msg});
        ways(ui, now, intent);
        if (now.on) {
            ui.section("switches.hold"_msg, {.icon = "shield-check"});
            times(ui, hold_offs, &SwitchSettings::hold_off_ms, now, intent);
        }
        if (now.on && now.every_ms > 0) {
            ui.section("switches.pace"_msg, {.icon = "clock"});
            times(ui, paces, &SwitchSettings::every_ms, now, intent);
        }
        ui.buttons([&] {
            want(intent, ui.button("text_color.done"_msg, {.kind = ui::ButtonKind::Primary, .icon = "check"}),
                 GoBack{});
        });
    });
    return intent ? std::move(intent) : from_bar(bar);
}

void switches_hint(ui::Ui& ui, App const& app) {
    auto const& now = app.settings.switches;
    if (now.on)
        ui.banner(ui::BannerKind::Notice, "switches.on"_msg,
                  {.text = now.every_ms > 0 ? "switches.on_one"_msg : "switches.on_two"_msg,
                   .icon = "accessibility"});
}

} // namespace portico::kiosk
