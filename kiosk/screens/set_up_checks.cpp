#include "kiosk/app/app.h"
#include "kiosk/screens/device_cards.h"
#include "kiosk/screens/set_up.h"

#include <string>

namespace portico::kiosk {

namespace {

/// A button's words for one of the touch test.
ui::Text target_name(std::size_t target) {
    return "set_up_touch.target"_msg.with("number", static_cast<std::int64_t>(target + 1));
}

void touch_chip(ui::Ui& ui, SetUp const& set_up, std::size_t which, MaybeIntent& intent) {
    bool const touched = set_up.touched.at(which);
    want(intent,
         ui.chip(target_name(which), touched,
                 {.icon = touched ? "check" : "circle-question-mark", .key = std::to_string(which)}),
         TouchTarget{which});
}

} // namespace

MaybeIntent draw(ui::Ui& ui, App const& app, SetUpTouch const&) {
    MaybeIntent intent;
    auto const& set_up = set_up_of(app);
    std::int64_t left = 0;
    for (bool const each : set_up.touched)
        left += each ? 0 : 1;
    // As far from each other as the page lets them be.
    float const apart = low_screen(ui) ? 16 : ui.landscape() ? 120 : 320;
    auto const bar = ui.frame(frame_of(app, SetUpTouch::name), [&] {
        want(intent, ui.back("part.back"_msg), GoBack{});
        ui.heading("set_up_touch.title"_msg, {.subtitle = "set_up_touch.subtitle"_msg});
        ui.row([&] {
            touch_chip(ui, set_up, 0, intent);
            ui.spacer();
            touch_chip(ui, set_up, 1, intent);
        });
        ui.space(apart);
        ui.row([&] {
            ui.spacer();
            touch_chip(ui, set_up, 2, intent);
            ui.spacer();
        });
        ui.space(apart);
        ui.row([&] {
            touch_chip(ui, set_up, 3, intent);
            ui.spacer();
            touch_chip(ui, set_up, 4, intent);
        });
        if (left == 0)
            ui.banner(ui::BannerKind::Good, "set_up_touch.all"_msg, {.text = "set_up_touch.all_more"_msg});
        else
            ui.text("set_up_touch.left"_msg.with("count", left), ui::TextKind::Secondary);
        ui.buttons([&] {
            want(intent, ui.button("set_up_touch.again"_msg, {.icon = "rotate-ccw"}), Retry{});
            want(intent, ui.button("part.ok"_msg, {.kind = ui::ButtonKind::Primary, .icon = "check"}),
                 GoBack{});
        });
    });
    return intent ? std::move(intent) : from_bar(bar);
}

MaybeIntent draw(ui::Ui& ui, App const& app, SetUpDevices const&) {
    MaybeIntent intent;
    auto const& set_up = set_up_of(app);
    auto const bar = ui.frame(frame_of(app, SetUpDevices::name), [&] {
        want(intent, ui.back("part.back"_msg), GoBack{});
        ui.heading("set_up_devices.title"_msg,
                   {.subtitle = low_screen(ui) ? ui::Text() : "set_up_devices.subtitle"_msg});
        ui.columns(
            [&] {
                ui.column([&] { reader_cards(ui, app); });
                ui.column([&] {
                    other_cards(ui, app);
                    report_news(ui, set_up.report);
                });
            },
            {.only_landscape = true});
        ui.buttons([&] {
            report_button(ui, app, set_up.report, intent);
            want(intent, ui.button("part.ok"_msg, {.kind = ui::ButtonKind::Primary, .icon = "check"}),
                 GoBack{});
        });
    });
    return intent ? std::move(intent) : from_bar(bar);
}

} // namespace portico::kiosk
