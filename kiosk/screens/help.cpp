#include "kiosk/screens/help.h"

#include "kiosk/app/app.h"
#include "shared/ui/catalog.h"

namespace portico::kiosk {

namespace {

char const* icon_of_way(std::string const& kind) {
    return kind == "phone" ? "phone" : kind == "hours" ? "clock" : kind == "web" ? "at-sign" : "map-pin";
}

} // namespace

MaybeIntent draw(ui::Ui& ui, App const& app, Help const&) {
    MaybeIntent intent;
    auto const bar = ui.frame(frame_of(app, Help::name), [&] {
        want(intent, ui.back("part.back"_msg), GoBack{});
        ui.heading("help.title"_msg, {.subtitle = "help.subtitle"_msg});
        offline_banner(ui, app, "help.offline"_msg);
        ui.card([&] {
            if (app.facts.contact_ways.empty())
                ui.text("help.none"_msg);
            for (auto const& way : app.facts.contact_ways)
                ui.fact(in_language(ui, way.label_en, way.label_es), data(way.value),
                        {.key = way.id, .icon = icon_of_way(way.kind)});
        });
        ui.card(
            [&] {
                ui.section("help.desk"_msg, {.icon = "concierge-bell"});
                ui.text("help.desk_more"_msg);
            },
            {.kind = ui::CardKind::Tint});
        // Where somebody looks who has just been called.
        if (app.session.is_member())
            want(intent, ui.button("help.who_calls"_msg, {.icon = "shield"}), Open{Place::WhoCalls});
        if (app.session.service)
            return; // a technician's session opens nothing of that
        ui.buttons([&] {
            want(intent,
                 ui.button("help.call_back"_msg, {.kind = ui::ButtonKind::Primary, .icon = "phone-call"}),
                 Open{Place::CallBack});
            want(intent, ui.button("help.notices"_msg, {.icon = "megaphone"}), Open{Place::Notices});
            want(intent, ui.button("help.find_doctor"_msg, {.icon = "stethoscope"}), Open{Place::FindDoctor});
        });
    });
    return intent ? std::move(intent) : from_bar(bar);
}

MaybeIntent draw(ui::Ui& ui, App const& app, Notices const&) {
    MaybeIntent intent;
    auto const bar = ui.frame(frame_of(app, Notices::name), [&] {
        want(intent, ui.back("part.back"_msg), GoBack{});
        ui.heading("notices.title"_msg, {.subtitle = "notices.subtitle"_msg});
        offline_banner(ui, app, "notices.offline"_msg);
        if (app.facts.notices.empty())
            ui.banner(ui::BannerKind::Good, "notices.none"_msg, {.text = "notices.none_more"_msg});
        for (auto const& notice : app.facts.notices) {
            auto const function = ui.catalog().find("function."_msgs, notice.function);
            auto const kind = notice.severity == "error"        ? ui::BannerKind::Error
                              : notice.severity == "look_again" ? ui::BannerKind::LookAgain
                                                                : ui::BannerKind::Notice;
            ui.banner(kind, function ? ui::Text(*function) : data(notice.function),
                      {.text = in_language(ui, notice.text_en, notice.text_es), .key = notice.id});
        }
    });
    return intent ? std::move(intent) : from_bar(bar);
}

} // namespace portico::kiosk
