#include "kiosk/screens/way_back.h"

#include "kiosk/app/app.h"
#include "kiosk/app/limits.h"
#include "kiosk/screens/id_card.h"

namespace portico::kiosk {

namespace {

void who_step(ui::Ui& ui, WayBack const& screen, MaybeIntent& intent) {
    ui.heading("way_back.title"_msg, {.subtitle = "way_back.subtitle"_msg});
    if (screen.doing.failure)
        problem_banner(ui, *screen.doing.failure, intent, false);
    if (auto text = ui.field("way_back.who"_msg, screen.who,
                             {.kind = ui::FieldKind::Username,
                              .help = "way_back.who_help"_msg,
                              .error = missing_text(screen.missing, Field::Username),
                              .icon = "user",
                              .length_max = 64,
                              .first = true}))
        intent = Typed{Field::Username, std::move(*text)};
    if (auto text = ui.field("register_code.birth_date"_msg, screen.birth_date,
                             {.kind = ui::FieldKind::Date,
                              .help = "register_code.birth_date_help"_msg,
                              .error = missing_text(screen.missing, Field::BirthDate),
                              .icon = "calendar",
                              .length_max = 10}))
        intent = Typed{Field::BirthDate, std::move(*text)};
}

/// What else may stand in for the second code.
void other_proofs(ui::Ui& ui, WayBack const& screen, MaybeIntent& intent) {
    ui.section("way_back.other"_msg);
    ui.column([&] {
        want(intent,
             ui.row_button(screen.code_app ? "way_back.our_code"_msg : "way_back.app"_msg,
                           {.icon = screen.code_app ? "mail" : "smartphone"}),
             Open{Place::WayBackApp});
        want(intent, ui.row_button("way_back.key"_msg, {.icon = "key-round"}), Open{Place::WayBackKey});
        want(intent, ui.row_button("way_back.chip"_msg, {.icon = "id-card"}), Open{Place::WayBackChip});
        want(intent,
             ui.row_button("way_back.staff"_msg, {.icon = "users", .subtitle = "way_back.staff_more"_msg}),
             Open{Place::WayBackStaff});
    });
}

void proof_step(ui::Ui& ui, WayBack const& screen, MaybeIntent& intent) {
    // Where something is refused, that is what is read: with large text there is no room for both.
    bool const refused = screen.doing.failure.has_value();
    ui.heading("way_back.codes"_msg, {.subtitle = refused ? ui::Text() : "way_back.codes_more"_msg});
    if (refused)
        problem_banner(ui, *screen.doing.failure, intent, false);
    if (auto stroke =
            ui.secret_field("way_back.code"_msg, screen.code,
                            {.kind = ui::FieldKind::Pin,
                             .error = missing_text(screen.missing, Field::OneTimeCode, screen.code.size()),
                             .icon = "ticket",
                             .length_max = one_time_code_digits,
                             .first = true}))
        intent = Stroked{Field::OneTimeCode, std::move(*stroke)};
    if (auto stroke =
            ui.secret_field(screen.code_app ? "way_back.app_code"_msg : "way_back.second"_msg, screen.second,
                            {.kind = ui::FieldKind::Pin,
                             .error = missing_text(screen.missing, Field::SecondCode, screen.second.size()),
                             .icon = screen.code_app ? "smartphone" : "mail",
                             .length_max = one_time_code_digits}))
        intent = Stroked{Field::SecondCode, std::move(*stroke)};
}

} // namespace

MaybeIntent draw(ui::Ui& ui, App const& app, WayBack const& screen) {
    MaybeIntent intent;
    auto const bar = ui.frame(frame_of(app, WayBack::name), [&] {
        if (screen.asked)
            want(intent, ui.back("part.back"_msg), StepBack{});
        else
            want(intent, ui.back("part.back"_msg), GoBack{});
        if (screen.asked)
            proof_step(ui, screen, intent);
        else
            who_step(ui, screen, intent);
        want(intent,
             ui.button("part.continue"_msg,
                       {.kind = ui::ButtonKind::Primary,
                        .busy = screen.doing.waiting() ? "part.checking"_msg : ui::Text()}),
             Continue{});
        if (screen.asked)
            other_proofs(ui, screen, intent);
    });
    return intent ? std::move(intent) : from_bar(bar);
}

namespace {

ui::Text replace_title(std::string const& lost) {
    return lost == "security_key" ? ui::Text("replace.key"_msg)
           : lost == "chip_card"  ? ui::Text("replace.chip"_msg)
                                  : ui::Text("replace.card"_msg);
}

void what_takes_its_place(ui::Ui& ui, App const& app, ReplaceLost const& screen, MaybeIntent& intent) {
    if (app.session.sets_anew == "printed_card")
        want(intent,
             ui.row_button(
                 "replace.print"_msg,
                 {.icon = "printer", .subtitle = "replace.print_more"_msg, .off = card_print_off(app)}),
             PrintCard{});
    want(intent,
         ui.row_button("replace.set_key"_msg, {.icon = "key-round", .subtitle = "replace.set_key_more"_msg}),
         Open{Place::AddKey});
    want(intent,
         ui.row_button("replace.set_chip"_msg, {.icon = "id-card", .subtitle = "replace.set_chip_more"_msg}),
         Open{Place::AddChip});
    want(intent,
         ui.row_button("replace.nothing"_msg,
                       {.icon = "circle-x",
                        .subtitle = screen.doing.waiting() ? "part.saving"_msg : "replace.nothing_more"_msg}),
         Continue{});
}

} // namespace

MaybeIntent draw(ui::Ui& ui, App const& app, ReplaceLost const& screen) {
    MaybeIntent intent;
    auto const bar = ui.frame(frame_of(app, ReplaceLost::name), [&] {
        ui.heading(replace_title(app.session.sets_anew), {.subtitle = "replace.subtitle"_msg});
        if (screen.doing.failure)
            problem_banner(ui, *screen.doing.failure, intent, false);
        ui.column([&] { what_takes_its_place(ui, app, screen, intent); });
    });
    return intent ? std::move(intent) : from_bar(bar);
}

} // namespace portico::kiosk
