#include "kiosk/screens/part.h"

#include "kiosk/app/app.h"
#include "shared/ui/catalog.h"

namespace portico::kiosk {

std::string Facts::help_phone() const {
    for (auto const& way : contact_ways)
        if (way.kind == "phone")
            return way.value;
    return {};
}

ui::FrameSpec frame_of(App const& app, char const* screen) {
    bool const known = app.session.signed_in() && !app.session.given_name.empty();
    return {.screen = screen,
            .who = known ? data(app.session.given_name) : ui::Text(),
            .finish = app.session.signed_in(),
            .listen_off = listen_off(app),
            .listen_state = listen_state(app)};
}

ui::Text listen_off(App const& app) {
    if (!app.facts.sound)
        return "ui.bar.no_sound"_msg;
    return app.facts.speaks(app.settings.language) ? ui::Text() : "ui.bar.no_voice"_msg;
}

ui::Text listen_state(App const& app) {
    if (!app.settings.speech.on)
        return {};
    return std::holds_alternative<ListenMenu>(app.screen) ? "listen.paused"_msg : "listen.on"_msg;
}

MaybeIntent from_bar(ui::BarAction action) {
    switch (action) {
    case ui::BarAction::Finish:
        return Finish{};
    case ui::BarAction::Language:
        return Open{Place::Language};
    case ui::BarAction::TextAndColor:
        return Open{Place::TextAndColor};
    case ui::BarAction::Help:
        return Open{Place::Help};
    case ui::BarAction::Listen:
        return Speak{SpeechAct::Listen};
    case ui::BarAction::Switches:
        return BeginSwitches{};
    case ui::BarAction::Mark:
    case ui::BarAction::None:
        break;
    }
    return std::nullopt;
}

ui::Text problem_text(ui::Ui const& ui, Error const& failure) {
    if (auto const exact = ui.catalog().find("problem."_msgs, failure.reason))
        return *exact;
    return "problem.other"_msg;
}

ui::Text problem_title(ui::Ui const& ui, Error const& failure) {
    if (auto const exact = ui.catalog().find("problem_title."_msgs, failure.reason))
        return *exact;
    return "problem_title.other"_msg;
}

void problem_banner(ui::Ui& ui, Error const& failure, MaybeIntent& intent, bool retry) {
    bool const network = failure.reason == "central_unreachable" || failure.kind == ErrorKind::TimedOut;
    ui.banner(
        network ? ui::BannerKind::Notice : ui::BannerKind::Error, problem_title(ui, failure),
        {.text = problem_text(ui, failure), .icon = network ? "wifi-off" : "", .live = ui::Live::Assertive},
        [&] {
            if (retry)
                want(intent, ui.button("part.try_again"_msg, {.icon = "rotate-ccw", .small = true}), Retry{});
        });
}

ui::Text missing_text(std::optional<Field> missing, Field field, std::size_t typed) {
    if (missing != field)
        return {};
    if (field != Field::OneTimeCode && field != Field::SecondCode)
        return "part.fill_in"_msg;
    return typed == 0 ? ui::Text("part.code_none"_msg)
                      : "part.code_short"_msg.with("count", static_cast<std::int64_t>(typed));
}

void offline_banner(ui::Ui& ui, App const& app, ui::Text const& what_works) {
    if (app.facts.offline())
        ui.banner(ui::BannerKind::Notice,
                  app.facts.online == client::Online::WrongTime ? "part.clock_wrong"_msg
                                                                : "part.network_out"_msg,
                  {.text = what_works, .icon = "wifi-off", .key = "offline"});
}

void notices_for(ui::Ui& ui, App const& app, std::string_view function) {
    for (auto const& notice : app.facts.notices) {
        if (notice.function != function && notice.function != "all")
            continue;
        auto const kind = notice.severity == "error"        ? ui::BannerKind::Error
                          : notice.severity == "look_again" ? ui::BannerKind::LookAgain
                                                            : ui::BannerKind::Notice;
        ui.banner(kind, in_language(ui, notice.text_en, notice.text_es), {.key = notice.id});
    }
}

} // namespace portico::kiosk
