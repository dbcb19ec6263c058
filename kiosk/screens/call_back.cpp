#include "kiosk/screens/call_back.h"

#include "kiosk/app/app.h"
#include "shared/base/language.h"
#include "shared/ui/catalog.h"

namespace portico::kiosk {

bool is_over(api::CallBackPlace const& place) {
    return place.state == "reached" || place.state == "not_reached" || place.state == "cancelled";
}

bool CallBackPage::is_over() const {
    return place.value && kiosk::is_over(*place.value);
}

std::vector<std::string> call_back_languages(App const& app) {
    std::vector<std::string> languages;
    for (auto const& language : offered_languages())
        if (app.facts.offers(language.code))
            languages.emplace_back(language.code);
    return languages;
}

namespace {

void choose_about(ui::Ui& ui, App const& app, MaybeIntent& intent) {
    want(intent, ui.back("part.back"_msg), GoBack{});
    ui.heading("call_back.title"_msg, {.subtitle = "call_back.subtitle"_msg});
    offline_banner(ui, app, "call_back.offline"_msg);
    notices_for(ui, app, "phone");
    static constexpr ui::Msg words[] = {"call_back.about_account_locked"_msg, "call_back.about_claim"_msg,
                                        "call_back.about_card"_msg, "call_back.about_other"_msg};
    static constexpr char const* icons[] = {"lock", "receipt-text", "id-card", "message-circle"};
    ui.section("call_back.about"_msg);
    ui.list([&] {
        for (std::size_t i = 0; i < std::size(words); ++i)
            want(intent, ui.row_button(words[i], {.icon = icons[i]}), Picked{Choice::CallAbout, i});
    });
    if (auto const phone = app.facts.help_phone(); !phone.empty())
        ui.card([&] { ui.fact("call_back.call_us"_msg, data(phone), {.icon = "phone"}); },
                {.kind = ui::CardKind::Tint});
}

void choose_number(ui::Ui& ui, CallBackAsk const& screen, MaybeIntent& intent) {
    if (screen.can_use_file)
        ui.list([&] {
            want(intent,
                 ui.row_button("call_back.on_file"_msg, {.icon = "phone",
                                                         .subtitle = "call_back.on_file_more"_msg,
                                                         .chevron = false,
                                                         .selected = screen.on_file}),
                 Picked{Choice::CallWhere, 0});
            want(intent,
                 ui.row_button("call_back.other_number"_msg,
                               {.icon = "pencil", .chevron = false, .selected = !screen.on_file}),
                 Picked{Choice::CallWhere, 1});
        });
    if (screen.on_file)
        return;
    ui::FieldSpec spec{
        .kind = ui::FieldKind::Phone, .help = "call_back.number_help"_msg, .icon = "phone", .length_max = 20};
    if (screen.number_wrong)
        spec.error = "call_back.number_wrong"_msg;
    if (auto text = ui.field("call_back.number"_msg, screen.number, spec))
        intent = Typed{Field::Phone, std::move(*text)};
}

void choose_language(ui::Ui& ui, App const& app, CallBackAsk const& screen, MaybeIntent& intent) {
    std::vector<ui::Text> names;
    for (auto const& code : call_back_languages(app))
        names.push_back(data(std::string(find_language(code)->own_name), code));
    if (names.size() < 2)
        return;
    if (auto const chosen = ui.select("call_back.language"_msg, names, screen.language))
        intent = Picked{Choice::CallLanguage, *chosen};
}

void choose_where(ui::Ui& ui, App const& app, CallBackAsk const& screen, MaybeIntent& intent) {
    want(intent, ui.back("part.back"_msg), StepBack{});
    ui.heading("call_back.where"_msg, {.subtitle = "call_back.where_more"_msg});
    if (screen.doing.failure)
        problem_banner(ui, *screen.doing.failure, intent, false);
    else
        offline_banner(ui, app, "call_back.offline"_msg);
    choose_number(ui, screen, intent);
    choose_language(ui, app, screen, intent);
    // The field may stand on another page of the screen than this button.
    if (screen.number_wrong && !screen.on_file)
        ui.banner(ui::BannerKind::LookAgain, "call_back.not_asked"_msg,
                  {.text = "call_back.number_wrong"_msg, .live = ui::Live::Assertive});
    want(intent,
         ui.button("call_back.ask"_msg,
                   {.kind = ui::ButtonKind::Primary,
                    .icon = "phone-call",
                    .busy = screen.doing.waiting() ? "call_back.asking"_msg : ui::Text()}),
         Continue{});
}

} // namespace

MaybeIntent draw(ui::Ui& ui, App const& app, CallBackAsk const& screen) {
    MaybeIntent intent;
    auto spec = frame_of(app, CallBackAsk::name);
    spec.part = screen.about_chosen() ? "where" : "about";
    auto const bar = ui.frame(spec, [&] {
        if (screen.about_chosen())
            choose_where(ui, app, screen, intent);
        else
            choose_about(ui, app, intent);
    });
    return intent ? std::move(intent) : from_bar(bar);
}

namespace {

void waiting_title(ui::Ui& ui, api::CallBackPlace const& place) {
    if (place.place <= 1)
        return ui.heading("call_back_place.next"_msg);
    ui.heading("call_back_place.place"_msg.with("place", place.place));
}

ui::Text how_long(api::CallBackPlace const& place) {
    if (place.wait_max <= 0)
        return "call_back_place.unknown"_msg;
    if (place.wait_min <= 0)
        return "call_back_place.within"_msg.with("to", place.wait_max);
    return "call_back_place.between"_msg.with("from", place.wait_min).with("to", place.wait_max);
}

/// How it stands; true while a call is still to come.
bool standing(ui::Ui& ui, api::CallBackPlace const& place) {
    auto const title = [&](ui::Msg what, ui::Msg more) { ui.heading(what, {.subtitle = more}); };
    if (place.state == "calling")
        title("call_back_place.calling"_msg, "call_back_place.calling_more"_msg);
    else if (place.state == "reached")
        title("call_back_place.reached"_msg, "call_back_place.reached_more"_msg);
    else if (place.state == "not_reached")
        title("call_back_place.not_reached"_msg, "call_back_place.not_reached_more"_msg);
    else if (place.state == "cancelled")
        title("call_back_place.cancelled"_msg, "call_back_place.cancelled_more"_msg);
    else if (place.state == "resting")
        title("call_back_place.resting"_msg, "call_back_place.resting_more"_msg);
    else
        waiting_title(ui, place);
    return place.state == "waiting" || place.state == "resting";
}

void wait_card(ui::Ui& ui, api::CallBackPlace const& place) {
    ui.card([&] {
        ui.text(how_long(place), ui::TextKind::Strong);
        ui.text("call_back_place.leave"_msg);
        if (!place.to.empty()) {
            ui.divider();
            ui.fact("call_back_place.to"_msg, data(place.to), {.icon = "phone"});
        }
    });
}

/// As of when, where that is not now.
void age(ui::Ui& ui, App const& app, CallBackPage const& screen) {
    if (!screen.place.failure && !app.facts.offline())
        return;
    ui.banner(ui::BannerKind::Notice, "call_back_place.offline"_msg,
              {.text = "call_back_place.as_of"_msg.with("minutes", screen.minutes_old),
               .icon = "wifi-off",
               .key = "age"});
}

void cancel_dialog(ui::Ui& ui, MaybeIntent& intent) {
    ui.dialog("call_back_place.cancel_title"_msg,
              {.text = "call_back_place.cancel_more"_msg, .icon = "triangle-alert"}, [&] {
                  want(intent, ui.button("call_back_place.cancel_keep"_msg, {.safe = true}),
                       ConfirmCancelCall{false});
                  want(intent, ui.button("call_back_place.cancel_yes"_msg, {.kind = ui::ButtonKind::Serious}),
                       ConfirmCancelCall{true});
              });
}

} // namespace

MaybeIntent draw(ui::Ui& ui, App const& app, CallBackPage const& screen) {
    MaybeIntent intent;
    auto spec = frame_of(app, CallBackPage::name);
    spec.part = screen.place.value ? screen.place.value->state : std::string();
    auto const bar = ui.frame(spec, [&] {
        if (!app.beneath.empty())
            want(intent, ui.back("part.back"_msg), GoBack{});
        auto const place = screen.place.value.value_or(api::CallBackPlace{});
        bool const to_come = standing(ui, place);
        if (!screen.is_over())
            age(ui, app, screen);
        if (screen.doing.failure)
            problem_banner(ui, *screen.doing.failure, intent, false);
        if (to_come)
            wait_card(ui, place);
        ui.buttons([&] {
            if (to_come)
                want(
                    intent,
                    ui.button("call_back_place.cancel"_msg,
                              {.icon = "x", .busy = screen.doing.waiting() ? "part.saving"_msg : ui::Text()}),
                    AskCancelCall{});
            if (place.state == "not_reached" || place.state == "cancelled")
                want(intent, ui.button("call_back_place.again"_msg, {.icon = "phone-call"}),
                     Open{Place::CallBack});
            want(intent,
                 ui.button("call_back_place.done"_msg, {.kind = ui::ButtonKind::Primary, .icon = "check"}),
                 Finish{});
        });
        if (screen.cancelling)
            cancel_dialog(ui, intent);
    });
    return intent ? std::move(intent) : from_bar(bar);
}

} // namespace portico::kiosk
