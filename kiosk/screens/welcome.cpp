#include "kiosk/screens/welcome.h"

#include "kiosk/app/app.h"
#include "kiosk/screens/pictures.h"
#include "kiosk/screens/switches.h"
#include "shared/base/language.h"

namespace portico::kiosk {

namespace {

constexpr int text_sizes[] = {100, 125, 150, 175, 200};

ui::Text own_name(Language const& language) {
    return data(std::string(language.own_name), std::string(language.code));
}

std::vector<Language> choices(App const& app) {
    std::vector<Language> offered;
    for (auto const& language : offered_languages())
        if (app.facts.offers(language.code))
            offered.push_back(language);
    return offered;
}

/// Who is listening would hear nothing more, nor find the way back.
ui::Text unspoken(App const& app, Language const& language) {
    bool const heard = !app.settings.speech.on || app.facts.speaks(std::string(language.code));
    return heard ? ui::Text() : "ui.bar.no_voice"_msg;
}

/// What lies in a slot or tray, to be taken along.
void left_behind(ui::Ui& ui, Facts const& facts) {
    if (facts.key_in())
        ui.banner(ui::BannerKind::LookAgain, "leave.key"_msg,
                  {.text = "leave.take"_msg, .icon = "key-round", .live = ui::Live::Assertive});
    if (facts.chip_in())
        ui.banner(ui::BannerKind::LookAgain, "leave.chip_card"_msg,
                  {.text = "leave.take"_msg, .icon = "id-card", .live = ui::Live::Assertive});
    if (facts.card_printed())
        ui.banner(ui::BannerKind::LookAgain, "leave.printed_card"_msg,
                  {.text = "leave.take"_msg, .icon = "id-card", .live = ui::Live::Assertive});
    if (facts.paper_printed())
        ui.banner(ui::BannerKind::LookAgain, "leave.paper"_msg,
                  {.text = "leave.take"_msg, .icon = "printer", .live = ui::Live::Assertive});
}

ui::Text goodbye_text(VisitEnd const& screen) {
    switch (screen.reason) {
    case EndReason::Finished:
        return screen.was_signed_in ? "visit_end.signed_out"_msg : "visit_end.nothing_kept"_msg;
    case EndReason::Idle:
        return "visit_end.idle"_msg;
    case EndReason::TimeUp:
        return "visit_end.time_up"_msg;
    case EndReason::EndedByPlan:
        return "visit_end.ended_by_plan"_msg;
    }
    return "visit_end.signed_out"_msg;
}

} // namespace

namespace {

void hello(ui::Ui& ui) {
    ui.heading("attract.hello"_msg, {.display = true});
    // Where lines are few, those who choose a language see the choice first.
    if (!low_screen(ui))
        ui.text("attract.what"_msg);
}

void doorway(ui::Ui& ui) {
    ui.picture("attract.picture"_msg, {.picture = welcome_picture(), .align = ui::Align::End});
}

void ways_in(ui::Ui& ui, App const& app, MaybeIntent& intent) {
    switches_hint(ui, app);
    notices_for(ui, app, "all");
    ui.section("attract.choose"_msg, {.icon = "languages"});
    ui.grid(2, [&] {
        for (auto const& language : choices(app))
            want(intent,
                 ui.row_button(
                     own_name(language),
                     {.key = std::string(language.code), .chevron = true, .off = unspoken(app, language)}),
                 ChooseLanguage{std::string(language.code)});
    });
    ui.section("sign_in.without"_msg);
    ui.buttons([&] {
        want(intent, ui.button("sign_in.find_doctor"_msg, {.icon = "stethoscope"}), Open{Place::FindDoctor});
        want(intent, ui.button("sign_in.hours"_msg, {.icon = "clock"}), Open{Place::Help});
    });
}

} // namespace

MaybeIntent draw(ui::Ui& ui, App const& app, Attract const&) {
    MaybeIntent intent;
    auto spec = frame_of(app, Attract::name);
    spec.look = ui::FrameLook::Welcome;
    spec.switches_begin = true;
    auto const bar = ui.frame(spec, [&] {
        if (two_columns(ui)) {
            ui.columns(
                [&] {
                    ui.column([&] {
                        hello(ui);
                        doorway(ui);
                    });
                    ui.column([&] {
                        ui.space(40);
                        ways_in(ui, app, intent);
                    });
                },
                {.gap = 80});
            return;
        }
        ui.hero([&] {
            // Large text needs the picture's room.
            if (ui.theme().large_text())
                return hello(ui);
            ui.columns(
                [&] {
                    ui.column([&] {
                        ui.space(56);
                        hello(ui);
                    });
                    doorway(ui);
                },
                {.weights = {1.1F, 1}, .together = true});
        });
        ways_in(ui, app, intent);
    });
    return intent ? std::move(intent) : from_bar(bar);
}

void language_list(ui::Ui& ui, App const& app, MaybeIntent& intent) {
    ui.list([&] {
        for (auto const& language : choices(app))
            want(intent,
                 ui.row_button(own_name(language), {.key = std::string(language.code),
                                                    .icon = "languages",
                                                    .selected = app.settings.language == language.code,
                                                    .off = unspoken(app, language)}),
                 ChooseLanguage{std::string(language.code)});
    });
}

MaybeIntent draw(ui::Ui& ui, App const& app, LanguageMenu const&) {
    MaybeIntent intent;
    auto const bar = ui.frame(frame_of(app, LanguageMenu::name), [&] {
        want(intent, ui.back("part.back"_msg), GoBack{});
        ui.heading("language.title"_msg, {.subtitle = "language.subtitle"_msg});
        language_list(ui, app, intent);
    });
    return intent ? std::move(intent) : from_bar(bar);
}

MaybeIntent draw(ui::Ui& ui, App const& app, TextAndColor const&) {
    MaybeIntent intent;
    auto const bar = ui.frame(frame_of(app, TextAndColor::name), [&] {
        want(intent, ui.back("part.back"_msg), GoBack{});
        ui.heading("text_color.title"_msg, {.subtitle = "text_color.subtitle"_msg});
        ui.section("text_color.size"_msg, {.icon = "type"});
        ui.row([&] {
            for (int const percent : text_sizes)
                want(intent,
                     ui.chip("text_color.percent"_msg.with("percent", percent),
                             app.settings.text_percent == percent, {.key = std::to_string(percent)}),
                     ChooseTextSize{percent});
        });
        ui.section("text_color.colors"_msg, {.icon = "contrast"});
        ui.list([&] {
            want(intent,
                 ui.row_button("text_color.standard"_msg, {.icon = "sun",
                                                           .subtitle = "text_color.standard_more"_msg,
                                                           .chevron = false,
                                                           .selected = !app.settings.high_contrast}),
                 ChooseContrast{false});
            want(intent,
                 ui.row_button("text_color.high"_msg, {.icon = "contrast",
                                                       .subtitle = "text_color.high_more"_msg,
                                                       .chevron = false,
                                                       .selected = app.settings.high_contrast}),
                 ChooseContrast{true});
        });
        ui.list([&] {
            want(intent,
                 ui.row_button(
                     "switches.title"_msg,
                     {.icon = "accessibility",
                      .subtitle = "switches.what"_msg,
                      .aside = app.settings.switches.on ? "switches.are_on"_msg : "switches.are_off"_msg}),
                 Open{Place::Switches});
        });
        ui.buttons([&] {
            want(intent, ui.button("text_color.done"_msg, {.kind = ui::ButtonKind::Primary, .icon = "check"}),
                 GoBack{});
        });
    });
    return intent ? std::move(intent) : from_bar(bar);
}

MaybeIntent draw(ui::Ui& ui, App const& app, StillThere const& screen) {
    MaybeIntent intent;
    // Nothing of the page, nor who it was: the cover says only what to do.
    ui::FrameSpec const spec{.screen = StillThere::name,
                             .look = ui::FrameLook::Cover,
                             .listen_off = listen_off(app),
                             .listen_state = listen_state(app)};
    auto const bar = ui.frame(spec, [&] {
        ui.card([&] {
            ui.countdown("still_there.left"_msg.with("count", screen.seconds_left),
                         {.seconds_left = screen.seconds_left,
                          .seconds_total = screen.seconds_total,
                          .unit = "still_there.seconds"_msg});
            ui.heading("still_there.title"_msg, {.align = ui::Align::Center});
            ui.text(app.session.signed_in() ? "still_there.hidden"_msg : "still_there.start_over"_msg,
                    ui::TextKind::Body, ui::Align::Center);
            ui.column([&] {
                want(intent,
                     ui.button("still_there.more_time"_msg, {.kind = ui::ButtonKind::Primary, .safe = true}),
                     StillHere{});
                want(
                    intent,
                    ui.button(app.session.signed_in() ? "still_there.sign_out"_msg : "still_there.finish"_msg,
                              {.icon = "log-out"}),
                    Finish{});
            });
        });
        left_behind(ui, app.facts);
    });
    return intent ? std::move(intent) : from_bar(bar);
}

MaybeIntent draw(ui::Ui& ui, App const& app, VisitEnd const& screen) {
    MaybeIntent intent;
    ui::FrameSpec const spec{.screen = VisitEnd::name,
                             .look = ui::FrameLook::Cover,
                             .listen_off = listen_off(app),
                             .listen_state = listen_state(app)};
    auto const bar = ui.frame(spec, [&] {
        ui.card([&] {
            ui.heading(app.facts.anything_left() ? "visit_end.take"_msg : "visit_end.title"_msg,
                       {.align = ui::Align::Center});
            ui.text(goodbye_text(screen), ui::TextKind::Body, ui::Align::Center);
            ui.column([&] {
                want(intent,
                     ui.button("visit_end.start"_msg, {.kind = ui::ButtonKind::Primary, .safe = true}),
                     Continue{});
            });
        });
        left_behind(ui, app.facts);
    });
    return intent ? std::move(intent) : from_bar(bar);
}

MaybeIntent draw(ui::Ui& ui, App const& app, OutOfOrder const& screen) {
    auto const bar = ui.frame(frame_of(app, OutOfOrder::name), [&] {
        if (screen.withdrawn)
            ui.heading("out_of_order.withdrawn"_msg, {.subtitle = "out_of_order.withdrawn_more"_msg});
        else
            ui.heading("out_of_order.title"_msg, {.subtitle = "out_of_order.subtitle"_msg});
        ui.card([&] {
            ui.text("out_of_order.desk"_msg);
            if (auto const phone = app.facts.help_phone(); !phone.empty())
                ui.fact("out_of_order.call"_msg, data(phone), {.icon = "phone"});
        });
        if (!screen.withdrawn)
            return;
        ui.section("out_of_order.staff"_msg);
        ui.card([&] {
            ui.text("out_of_order.staff_what"_msg);
            ui.text("out_of_order.staff_now"_msg);
            if (!app.facts.terminal_id.empty()) {
                ui.divider();
                ui.text("out_of_order.terminal"_msg, ui::TextKind::Secondary);
                ui.text(data(app.facts.terminal_id), ui::TextKind::Strong);
            }
        });
    });
    return from_bar(bar);
}

} // namespace portico::kiosk
