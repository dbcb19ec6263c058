#include "kiosk/screens/registration.h"

#include "kiosk/app/app.h"
#include "kiosk/screens/pictures.h"

namespace portico::kiosk {

namespace {

void account_steps(ui::Ui& ui, int now) {
    using ui::StepState;
    auto state = [&](int step) {
        return step < now ? StepState::Done : step == now ? StepState::Now : StepState::Next;
    };
    ui.steps("register.steps"_msg, {{.label = "register.step_username"_msg, .state = state(1)},
                                    {.label = "register.step_pin"_msg, .state = state(2)},
                                    {.label = "register.step_key"_msg, .state = state(3)}});
}

} // namespace

MaybeIntent draw(ui::Ui& ui, App const& app, RegisterStart const&) {
    MaybeIntent intent;
    auto const bar = ui.frame(frame_of(app, RegisterStart::name), [&] {
        want(intent, ui.back("part.back"_msg), GoBack{});
        ui.heading("register.title"_msg, {.subtitle = "register.subtitle"_msg});
        ui::Text const off = app.facts.offline() ? "sign_in.offline"_msg : ui::Text();
        ui.column([&] {
            want(intent,
                 ui.row_button("register.letter"_msg,
                               {.icon = "mail", .subtitle = "register.letter_more"_msg, .off = off}),
                 Open{Place::RegisterCode});
            want(intent,
                 ui.row_button("register.staff"_msg,
                               {.icon = "users", .subtitle = "register.staff_more"_msg, .off = off}),
                 Open{Place::RegisterInPerson});
            want(intent,
                 ui.row_button("register.own_key"_msg,
                               {.icon = "key-round", .subtitle = "register.own_key_more"_msg, .off = off}),
                 Open{Place::RegisterStaff});
        });
    });
    return intent ? std::move(intent) : from_bar(bar);
}

MaybeIntent draw(ui::Ui& ui, App const& app, RegisterCode const& screen) {
    MaybeIntent intent;
    auto const bar = ui.frame(frame_of(app, RegisterCode::name), [&] {
        want(intent, ui.back("part.back"_msg), GoBack{});
        if (screen.staff)
            ui.heading("register_code.title_staff"_msg, {.subtitle = "register_code.subtitle_staff"_msg});
        else
            ui.heading("register_code.title"_msg, {.subtitle = "register_code.subtitle"_msg});
        if (screen.doing.failure)
            problem_banner(ui, *screen.doing.failure, intent, false);
        if (auto text = ui.field("register_code.code"_msg, screen.code,
                                 {.kind = ui::FieldKind::Username,
                                  .help = screen.staff ? ui::Text() : "register_code.code_help"_msg,
                                  .error = missing_text(screen.missing, Field::ActivationCode),
                                  .icon = "ticket",
                                  .length_max = 32,
                                  .first = true}))
            intent = Typed{Field::ActivationCode, std::move(*text)};
        if (!screen.staff)
            if (auto text = ui.field("register_code.birth_date"_msg, screen.birth_date,
                                     {.kind = ui::FieldKind::Date,
                                      .help = "register_code.birth_date_help"_msg,
                                      .error = missing_text(screen.missing, Field::BirthDate),
                                      .icon = "calendar",
                                      .length_max = 10}))
                intent = Typed{Field::BirthDate, std::move(*text)};
        want(intent,
             ui.button("part.continue"_msg,
                       {.kind = ui::ButtonKind::Primary,
                        .busy = screen.doing.waiting() ? "part.checking"_msg : ui::Text()}),
             Continue{});
    });
    return intent ? std::move(intent) : from_bar(bar);
}

MaybeIntent draw(ui::Ui& ui, App const& app, ChooseUsername const& screen) {
    MaybeIntent intent;
    auto const bar = ui.frame(frame_of(app, ChooseUsername::name), [&] {
        if (screen.changing)
            want(intent, ui.back("part.back"_msg), GoBack{});
        else if (app.session.sets_anew.empty())
            account_steps(ui, 1);
        ui.heading("choose_username.title"_msg, {.subtitle = "choose_username.subtitle"_msg});
        if (screen.doing.failure)
            problem_banner(ui, *screen.doing.failure, intent, false);
        if (auto text = ui.field("password.username"_msg, screen.username,
                                 {.kind = ui::FieldKind::Username,
                                  .help = "choose_username.username_help"_msg,
                                  .error = missing_text(screen.missing, Field::Username),
                                  .icon = "user",
                                  .first = !screen.changing}))
            intent = Typed{Field::Username, std::move(*text)};
        if (auto stroke = ui.secret_field("choose_username.password"_msg, screen.password,
                                          {.kind = ui::FieldKind::Password,
                                           .help = "choose_username.password_help"_msg,
                                           .error = missing_text(screen.missing, Field::Password),
                                           .icon = "lock",
                                           .length_max = 256}))
            intent = Stroked{Field::Password, std::move(*stroke)};
        want(
            intent,
            ui.button("part.continue"_msg, {.kind = ui::ButtonKind::Primary,
                                            .busy = screen.doing.waiting() ? "part.saving"_msg : ui::Text()}),
            Continue{});
    });
    return intent ? std::move(intent) : from_bar(bar);
}

MaybeIntent draw(ui::Ui& ui, App const& app, ChoosePin const& screen) {
    MaybeIntent intent;
    auto const bar = ui.frame(frame_of(app, ChoosePin::name), [&] {
        if (screen.changing)
            want(intent, ui.back("part.back"_msg), GoBack{});
        else if (app.session.sets_anew.empty())
            account_steps(ui, 2);
        ui.heading(screen.repeating ? "choose_pin.again"_msg : "choose_pin.title"_msg,
                   {.subtitle = "choose_pin.subtitle"_msg});
        ui::Text const error = screen.differed        ? ui::Text("choose_pin.differed"_msg)
                               : screen.doing.failure ? problem_text(ui, *screen.doing.failure)
                                                      : missing_text(screen.missing, Field::Pin);
        auto const field = screen.repeating ? Field::PinAgain : Field::Pin;
        if (auto stroke = ui.pin_entry(screen.repeating ? "choose_pin.pin_again"_msg : "choose_pin.pin"_msg,
                                       screen.repeating ? screen.again : screen.pin,
                                       {.length_max = 12, .error = error}))
            intent = Stroked{field, std::move(*stroke)};
        want(
            intent,
            ui.button("part.continue"_msg, {.kind = ui::ButtonKind::Primary,
                                            .busy = screen.doing.waiting() ? "part.saving"_msg : ui::Text()}),
            Continue{});
    });
    return intent ? std::move(intent) : from_bar(bar);
}

MaybeIntent draw(ui::Ui& ui, App const& app, OfferKey const&) {
    MaybeIntent intent;
    auto const bar = ui.frame(frame_of(app, OfferKey::name), [&] {
        if (app.session.sets_anew.empty())
            account_steps(ui, 3);
        ui.heading("offer_key.title"_msg, {.subtitle = "offer_key.subtitle"_msg});
        ui.picture("key.picture"_msg, {.picture = large(key_picture())});
        ui.buttons([&] {
            want(intent,
                 ui.button("offer_key.yes"_msg, {.kind = ui::ButtonKind::Primary, .icon = "key-round"}),
                 Continue{});
            want(intent, ui.button("offer_key.code_app"_msg, {.icon = "smartphone"}),
                 Open{Place::AddCodeApp});
            want(intent, ui.button("offer_key.later"_msg), GoHome{});
        });
    });
    return intent ? std::move(intent) : from_bar(bar);
}

namespace {

ui::Text done_text(SecondWay added) {
    switch (added) {
    case SecondWay::Key:
        return "register_done.with_key"_msg;
    case SecondWay::CodeApp:
        return "register_done.with_code_app"_msg;
    case SecondWay::StaffKey:
        return "register_done.staff_more"_msg;
    case SecondWay::None:
        break;
    }
    return "register_done.no_key"_msg;
}

} // namespace

MaybeIntent draw(ui::Ui& ui, App const& app, RegisterDone const& screen) {
    MaybeIntent intent;
    bool const staff = screen.added == SecondWay::StaffKey;
    auto const bar = ui.frame(frame_of(app, RegisterDone::name), [&] {
        if (!app.session.sets_anew.empty()) {
            ui.heading("way_back.done"_msg, {.subtitle = "way_back.done_more"_msg});
            ui.banner(ui::BannerKind::Good, "register_done.told"_msg, {.text = "way_back.told"_msg});
            want(intent,
                 ui.button("register_done.go"_msg, {.kind = ui::ButtonKind::Primary, .icon = "log-in"}),
                 Continue{});
            return;
        }
        if (!staff)
            account_steps(ui, 4);
        ui.heading(staff ? "register_done.staff"_msg : "register_done.title"_msg,
                   {.subtitle = done_text(screen.added)});
        if (staff) {
            want(intent, ui.button("part.ok"_msg, {.kind = ui::ButtonKind::Primary}), Continue{});
            return;
        }
        ui.banner(ui::BannerKind::Good, "register_done.told"_msg, {.text = "register_done.told_more"_msg});
        want(intent, ui.button("register_done.go"_msg, {.kind = ui::ButtonKind::Primary, .icon = "log-in"}),
             Continue{});
    });
    return intent ? std::move(intent) : from_bar(bar);
}

} // namespace portico::kiosk
