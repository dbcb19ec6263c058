#include "kiosk/screens/sign_in.h"

#include "kiosk/app/app.h"
#include "kiosk/app/limits.h"
#include "kiosk/screens/pictures.h"
#include "shared/ui/catalog.h"

namespace portico::kiosk {

namespace {

ui::RowButtonSpec::Pill ready_pill() {
    return {.text = "sign_in.ready"_msg, .kind = ui::PillKind::Good, .icon = "check"};
}

bool offers(App const& app, SignIn const& screen, std::string_view way) {
    if (!screen.step_up)
        return true;
    auto const& ways = app.session.step_up_ways;
    return std::find(ways.begin(), ways.end(), way) != ways.end();
}

/// What can be said of a failed try at a PIN or password, in the box under it.
ui::Text pin_error(ui::Ui const& ui, Doing const& doing, std::optional<Field> missing, int tries_left) {
    if (!doing.failure)
        return missing_text(missing, Field::Pin);
    if (doing.failure->reason == "key_pin_wrong" && tries_left >= 0)
        return "key.pin_wrong"_msg.with("count", tries_left);
    return problem_text(ui, *doing.failure);
}

bool of_staff(KeySignIn const& screen) {
    return screen.use == KeyUse::StaffConfirms || screen.use == KeyUse::StaffReturns;
}

/// Central refuses in one word whatever was wrong; what it can mean differs by what was shown.
ui::Text key_error(ui::Ui const& ui, KeySignIn const& screen) {
    if (screen.doing.failure && screen.doing.failure->reason == "sign_in_refused")
        return of_staff(screen) ? "key.refused_staff"_msg : "key.refused"_msg;
    return pin_error(ui, screen.doing, screen.missing, screen.tries_left);
}

bool pin_was_wrong(Doing const& doing) {
    return doing.failure && doing.failure->reason == "key_pin_wrong";
}

void sign_in_ways(ui::Ui& ui, App const& app, SignIn const& screen, MaybeIntent& intent) {
    ui::Text const offline = app.facts.offline() ? "sign_in.offline"_msg : ui::Text();
    if (offers(app, screen, "security_key"))
        want(intent,
             ui.row_button("sign_in.key"_msg, {.picture = key_picture(),
                                               .subtitle = "sign_in.key_more"_msg,
                                               .pills = {ready_pill()},
                                               .off = offline}),
             Open{Place::KeySignIn});
    if (offers(app, screen, "chip_card"))
        want(intent,
             ui.row_button("sign_in.chip"_msg,
                           {.picture = card_picture(), .subtitle = "sign_in.chip_more"_msg, .off = offline}),
             Open{Place::ChipSignIn});
    if (!screen.step_up || offers(app, screen, "pin"))
        want(intent,
             ui.row_button("sign_in.card"_msg,
                           {.picture = card_picture(), .subtitle = "sign_in.card_more"_msg, .off = offline}),
             Open{Place::CardScan});
    if (screen.step_up && offers(app, screen, "totp"))
        want(intent,
             ui.row_button("sign_in.code_app"_msg,
                           {.icon = "smartphone", .subtitle = "sign_in.code_app_more"_msg, .off = offline}),
             Open{Place::TotpCode});
    if (!screen.step_up)
        want(intent,
             ui.row_button(
                 "sign_in.username"_msg,
                 {.picture = username_picture(), .subtitle = "sign_in.username_more"_msg, .off = offline}),
             Open{Place::Password});
}

} // namespace

MaybeIntent draw(ui::Ui& ui, App const& app, SignIn const& screen) {
    MaybeIntent intent;
    auto const bar = ui.frame(frame_of(app, SignIn::name), [&] {
        want(intent, ui.back(screen.step_up ? "part.back"_msg : "sign_in.start_over"_msg), GoBack{});
        if (screen.step_up)
            ui.heading("sign_in.step_up"_msg, {.subtitle = "sign_in.step_up_more"_msg});
        else
            ui.heading("sign_in.title"_msg, {.subtitle = "sign_in.subtitle"_msg});
        offline_banner(ui, app, "sign_in.offline_more"_msg);
        if (screen.failure)
            problem_banner(ui, *screen.failure, intent, false);
        if (screen.step_up && app.session.step_up_ways.empty()) {
            // An account with one way to sign in: a second one is set up with staff beside.
            ui.banner(ui::BannerKind::Notice, "sign_in.no_second"_msg,
                      {.text = "sign_in.no_second_more"_msg});
            want(intent,
                 ui.row_button("register.staff"_msg,
                               {.icon = "users", .subtitle = "register.staff_more"_msg, .off = {}}),
                 Open{Place::RegisterInPerson});
        }
        ui.column([&] { sign_in_ways(ui, app, screen, intent); });
        notices_for(ui, app, "sign_in");
        if (screen.step_up)
            return;
        want(intent, ui.button("sign_in.register"_msg, {.icon = "user"}), Open{Place::Register});
        want(intent, ui.button("sign_in.way_back"_msg, {.icon = "lock-open"}), Open{Place::WayBack});
        ui.section("sign_in.without"_msg);
        ui.buttons([&] {
            want(intent, ui.button("sign_in.find_doctor"_msg, {.icon = "stethoscope"}),
                 Open{Place::FindDoctor});
            want(intent, ui.button("sign_in.hours"_msg, {.icon = "clock"}), Open{Place::Help});
        });
    });
    return intent ? std::move(intent) : from_bar(bar);
}

namespace {

void key_steps(ui::Ui& ui, bool in, KeySignIn const& screen) {
    using ui::StepState;
    bool const touching = screen.touch_wanted;
    ui.steps("key.steps"_msg,
             {{.label = in ? "key.step_in"_msg : "key.step_insert"_msg,
               .state = in ? StepState::Done : StepState::Now},
              {.label = "key.step_pin"_msg,
               .state = !in        ? StepState::Next
                        : touching ? StepState::Done
                                   : StepState::Now},
              {.label = "key.step_touch"_msg, .state = touching ? StepState::Now : StepState::Next}});
}

ui::Text key_title(KeySignIn const& screen) {
    switch (screen.use) {
    case KeyUse::SignIn:
    case KeyUse::Returns:
        return "key.title"_msg;
    case KeyUse::StaffConfirms:
    case KeyUse::StaffReturns:
        return "key.title_staff"_msg;
    case KeyUse::Register:
        return "key.title_register"_msg;
    }
    return "key.title"_msg;
}

void key_absent(ui::Ui& ui, KeySignIn const& screen, SecurityKeyState const& state, MaybeIntent& intent) {
    ui.heading(of_staff(screen) ? "key.insert_staff"_msg : "key.insert"_msg,
               {.subtitle = "key.insert_more"_msg});
    if (auto const* fault = std::get_if<KeyFault>(&state))
        problem_banner(ui, fault->error, intent, false);
    else if (screen.doing.failure)
        problem_banner(ui, *screen.doing.failure, intent, false);
    ui.picture("key.picture"_msg, {.picture = large(key_picture())});
}

void key_ready(ui::Ui& ui, KeySignIn const& screen, KeyReady const& key, MaybeIntent& intent) {
    if (screen.touch_wanted) {
        ui.heading("key.touch"_msg, {.subtitle = "key.touch_more"_msg});
        ui.picture("key.touch_picture"_msg, {.picture = large(touch_picture())});
        ui.spinner("key.waiting_touch"_msg);
        return;
    }
    ui.heading(key_title(screen), {.subtitle = "key.secret"_msg});
    if (!key.pin_set) {
        ui.banner(ui::BannerKind::LookAgain, "key.no_pin"_msg, {.text = "key.no_pin_more"_msg});
        return;
    }
    if (auto stroke =
            ui.pin_entry("key.pin"_msg, screen.pin,
                         {.length_max = 63,
                          .letters = true,
                          .error = key_error(ui, screen),
                          .error_more = pin_was_wrong(screen.doing) ? "key.pin_wrong_more"_msg : ui::Text(),
                          .tries_left = screen.tries_left,
                          .tries_max = screen.tries_left >= 0 ? 8 : -1}))
        intent = Stroked{Field::Pin, std::move(*stroke)};
    want(intent,
         ui.button("part.continue"_msg, {.kind = ui::ButtonKind::Primary,
                                         .busy = screen.doing.waiting() ? "key.checking"_msg : ui::Text()}),
         Continue{});
    ui.card([&] { ui.text("key.next"_msg); }, {.kind = ui::CardKind::Tint, .tight = true});
}

} // namespace

MaybeIntent draw(ui::Ui& ui, App const& app, KeySignIn const& screen) {
    MaybeIntent intent;
    auto const* ready = std::get_if<KeyReady>(&app.facts.key);
    auto const bar = ui.frame(frame_of(app, KeySignIn::name), [&] {
        want(intent, ui.back(screen.use == KeyUse::SignIn ? "key.other_way"_msg : "part.back"_msg), GoBack{});
        key_steps(ui, ready != nullptr, screen);
        if (ready == nullptr)
            key_absent(ui, screen, app.facts.key, intent);
        else
            key_ready(ui, screen, *ready, intent);
    });
    return intent ? std::move(intent) : from_bar(bar);
}

namespace {

ui::Text chip_error(ui::Ui const& ui, ChipSignIn const& screen) {
    if (screen.doing.failure && screen.doing.failure->reason == "sign_in_refused")
        return "chip.refused"_msg;
    return pin_error(ui, screen.doing, screen.missing, -1);
}

} // namespace

MaybeIntent draw(ui::Ui& ui, App const& app, ChipSignIn const& screen) {
    MaybeIntent intent;
    auto const* card = std::get_if<ChipCardReady>(&app.facts.chip);
    auto const bar = ui.frame(frame_of(app, ChipSignIn::name), [&] {
        want(intent, ui.back(screen.use == ChipUse::SignIn ? "key.other_way"_msg : "part.back"_msg),
             GoBack{});
        if (card == nullptr) {
            ui.heading("chip.insert"_msg, {.subtitle = "chip.insert_more"_msg});
            if (auto const* fault = std::get_if<ChipCardFault>(&app.facts.chip))
                problem_banner(ui, fault->error, intent, false);
            else if (screen.doing.failure)
                problem_banner(ui, *screen.doing.failure, intent, false);
            ui.picture("chip.picture"_msg, {.picture = large(card_picture())});
            return;
        }
        ui.heading("chip.title"_msg, {.subtitle = "chip.stay"_msg});
        if (card->pin == ChipCardPin::Blocked) {
            ui.banner(ui::BannerKind::Error, "chip.blocked"_msg, {.text = "chip.blocked_more"_msg});
            return;
        }
        int const tries = card->pin == ChipCardPin::LastTry ? 1 : -1;
        if (tries == 1)
            ui.banner(ui::BannerKind::LookAgain, "chip.last_try"_msg, {.text = "chip.last_try_more"_msg});
        if (auto stroke =
                ui.pin_entry("chip.pin"_msg, screen.pin, {.length_max = 16, .error = chip_error(ui, screen)}))
            intent = Stroked{Field::Pin, std::move(*stroke)};
        want(intent,
             ui.button("part.continue"_msg,
                       {.kind = ui::ButtonKind::Primary,
                        .busy = screen.doing.waiting() ? "chip.checking"_msg : ui::Text()}),
             Continue{});
    });
    return intent ? std::move(intent) : from_bar(bar);
}

MaybeIntent draw(ui::Ui& ui, App const& app, CardScan const& screen) {
    MaybeIntent intent;
    auto const bar = ui.frame(frame_of(app, CardScan::name), [&] {
        want(intent, ui.back("part.back"_msg), GoBack{});
        ui.heading(screen.to_register ? "card_scan.title_register"_msg : "card_scan.title"_msg,
                   {.subtitle = "card_scan.subtitle"_msg});
        if (screen.failure)
            problem_banner(ui, *screen.failure, intent, false);
        else if (!std::holds_alternative<BarcodeReaderReady>(app.facts.barcode))
            ui.banner(ui::BannerKind::LookAgain, "card_scan.no_reader"_msg,
                      {.text = "card_scan.no_reader_more"_msg});
        ui.picture("card_scan.picture"_msg, {.picture = large(card_picture())});
        ui.spinner("card_scan.waiting"_msg);
    });
    return intent ? std::move(intent) : from_bar(bar);
}

MaybeIntent draw(ui::Ui& ui, App const& app, CardPin const& screen) {
    MaybeIntent intent;
    auto const bar = ui.frame(frame_of(app, CardPin::name), [&] {
        want(intent, ui.back("key.other_way"_msg), GoBack{});
        ui.heading("card_pin.title"_msg, {.subtitle = "card_pin.subtitle"_msg});
        if (auto stroke =
                ui.pin_entry("card_pin.pin"_msg, screen.pin,
                             {.length_max = 12, .error = pin_error(ui, screen.doing, screen.missing, -1)}))
            intent = Stroked{Field::Pin, std::move(*stroke)};
        want(intent,
             ui.button("part.continue"_msg,
                       {.kind = ui::ButtonKind::Primary,
                        .busy = screen.doing.waiting() ? "part.checking"_msg : ui::Text()}),
             Continue{});
    });
    return intent ? std::move(intent) : from_bar(bar);
}

MaybeIntent draw(ui::Ui& ui, App const& app, PasswordSignIn const& screen) {
    MaybeIntent intent;
    auto const bar = ui.frame(frame_of(app, PasswordSignIn::name), [&] {
        want(intent, ui.back("key.other_way"_msg), GoBack{});
        ui.heading("password.title"_msg, {.subtitle = "password.subtitle"_msg});
        if (screen.doing.failure)
            problem_banner(ui, *screen.doing.failure, intent, false);
        if (auto text = ui.field("password.username"_msg, screen.username,
                                 {.kind = ui::FieldKind::Username,
                                  .error = missing_text(screen.missing, Field::Username),
                                  .icon = "user",
                                  .first = true}))
            intent = Typed{Field::Username, std::move(*text)};
        if (auto stroke = ui.secret_field("password.password"_msg, screen.password,
                                          {.kind = ui::FieldKind::Password,
                                           .error = missing_text(screen.missing, Field::Password),
                                           .icon = "lock",
                                           .length_max = 256}))
            intent = Stroked{Field::Password, std::move(*stroke)};
        want(intent,
             ui.button("part.continue"_msg,
                       {.kind = ui::ButtonKind::Primary,
                        .busy = screen.doing.waiting() ? "part.checking"_msg : ui::Text()}),
             Continue{});
    });
    return intent ? std::move(intent) : from_bar(bar);
}

namespace {

ui::Text code_error(ui::Ui const& ui, TotpCode const& screen) {
    if (!screen.doing.failure)
        return missing_text(screen.missing, Field::OneTimeCode, screen.code.size());
    return screen.doing.failure->reason == "sign_in_refused" ? ui::Text("totp.refused"_msg)
                                                             : problem_text(ui, *screen.doing.failure);
}

} // namespace

MaybeIntent draw(ui::Ui& ui, App const& app, TotpCode const& screen) {
    MaybeIntent intent;
    auto const bar = ui.frame(frame_of(app, TotpCode::name), [&] {
        want(intent, ui.back("part.back"_msg), GoBack{});
        ui.heading("totp.title"_msg, {.subtitle = "totp.subtitle"_msg});
        if (auto stroke = ui.pin_entry("totp.code"_msg, screen.code,
                                       {.length_max = one_time_code_digits, .error = code_error(ui, screen)}))
            intent = Stroked{Field::OneTimeCode, std::move(*stroke)};
        want(intent,
             ui.button("part.continue"_msg,
                       {.kind = ui::ButtonKind::Primary,
                        .busy = screen.doing.waiting() ? "part.checking"_msg : ui::Text()}),
             Continue{});
        want(intent, ui.button("totp.without"_msg), GoHome{});
    });
    return intent ? std::move(intent) : from_bar(bar);
}

MaybeIntent draw(ui::Ui& ui, App const& app, LockedOut const& screen) {
    MaybeIntent intent;
    auto spec = frame_of(app, LockedOut::name);
    auto const bar = ui.frame(spec, [&] {
        if (screen.unlocked) {
            ui.heading("locked.open"_msg, {.subtitle = "locked.open_more"_msg});
            ui.banner(ui::BannerKind::Good, "locked.open_banner"_msg,
                      {.icon = "lock-open", .live = ui::Live::Assertive});
            want(intent, ui.button("locked.sign_in"_msg, {.kind = ui::ButtonKind::Primary, .icon = "log-in"}),
                 Continue{});
            return;
        }
        ui.heading("locked.title"_msg, {.subtitle = "locked.subtitle"_msg});
        ui.card([&] {
            ui.text("locked.what"_msg, ui::TextKind::Strong);
            ui.text("locked.what_more"_msg);
            ui.divider();
            ui.text("locked.how_long"_msg, ui::TextKind::Strong);
            ui.text(screen.until ? "locked.minutes"_msg.with("count", screen.minutes_left)
                                 : ui::Text("locked.until_help"_msg));
            ui.divider();
            ui.text("locked.claims"_msg, ui::TextKind::Strong);
            ui.text("locked.claims_more"_msg);
        });
        ui.section("locked.now"_msg);
        ui.column([&] {
            want(intent,
                 ui.row_button("locked.use_key"_msg,
                               {.icon = "key-round", .subtitle = "locked.use_key_more"_msg}),
                 Open{Place::KeySignIn});
            want(intent,
                 ui.row_button("locked.talk"_msg, {.icon = "phone-call", .subtitle = "locked.talk_more"_msg}),
                 Open{Place::CallBack});
            want(intent,
                 ui.row_button("sign_in.way_back"_msg,
                               {.icon = "lock-open", .subtitle = "way_back.subtitle"_msg}),
                 Open{Place::WayBack});
            ui.card([&] {
                ui.text("locked.desk"_msg, ui::TextKind::Strong);
                ui.text("locked.desk_more"_msg, ui::TextKind::Secondary);
            });
        });
        ui.buttons([&] { want(intent, ui.button("locked.finish"_msg, {.icon = "log-out"}), Finish{}); });
    });
    return intent ? std::move(intent) : from_bar(bar);
}

} // namespace portico::kiosk
