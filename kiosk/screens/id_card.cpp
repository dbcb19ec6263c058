#include "kiosk/screens/id_card.h"

#include "kiosk/app/app.h"
#include "kiosk/app/limits.h"
#include "kiosk/screens/pictures.h"

namespace portico::kiosk {

namespace {

void card_side(ui::Ui& ui, CardPictures const& pictures, std::size_t side) {
    if (side == 0)
        ui.image("id_card.front_picture"_msg, {.bitmap = pictures.front, .radius = 34, .key = "front"});
    else
        ui.image("id_card.back_picture"_msg, {.bitmap = pictures.back, .radius = 34, .key = "back"});
}

/// What stands on the card, for who cannot see the picture.
void card_facts(ui::Ui& ui, api::IdCardReply const& reply) {
    auto const& card = reply.card;
    ui.card([&] {
        ui.fact("id_card.member"_msg, data(card.member.full()));
        ui.fact("id_card.member_id"_msg, data(card.member_id));
        if (!card.group.empty())
            ui.fact("id_card.group"_msg, data(card.group));
        if (auto const day = Date::parse(reply.last_issued_on); day.has_value())
            ui.fact("id_card.last_issued"_msg, date_text(day.value()));
    });
}

void ways_to_get_it(ui::Ui& ui, App const& app, MaybeIntent& intent) {
    ui.buttons([&] {
        want(intent,
             ui.button("id_card.print"_msg,
                       {.kind = ui::ButtonKind::Primary, .icon = "printer", .off = card_print_off(app)}),
             PrintCard{});
        want(intent, ui.button("id_card.mail"_msg, {.icon = "mail"}), Open{Place::MailCard});
    });
}

} // namespace

ui::Text card_print_off(App const& app) {
    if (app.facts.offline())
        return "id_card.off_network"_msg;
    if (std::holds_alternative<PrinterOffline>(app.facts.card_printer.state))
        return "id_card.off_printer"_msg;
    if (auto const* stopped = std::get_if<PrinterStopped>(&app.facts.card_printer.state)) {
        auto const& why = stopped->conditions;
        bool const empty = std::find(why.begin(), why.end(), PrinterCondition::MediaEmpty) != why.end();
        return empty ? "id_card.off_empty"_msg : "id_card.off_stopped"_msg;
    }
    return {};
}

MaybeIntent draw(ui::Ui& ui, App const& app, CardPage const& screen) {
    MaybeIntent intent;
    auto const bar = ui.frame(frame_of(app, CardPage::name), [&] {
        want(intent, ui.back("part.home"_msg), GoHome{});
        ui.heading("id_card.title"_msg, {.subtitle = "id_card.subtitle"_msg});
        notices_for(ui, app, "printing");
        when_loaded(ui, screen.card, "id_card.loading"_msg, intent, [&](api::IdCardReply const& reply) {
            ui.columns(
                [&] {
                    ui.column([&] {
                        if (screen.pictures.value) {
                            card_side(ui, *screen.pictures.value, screen.side);
                            if (auto const side =
                                    ui.choice("id_card.side"_msg, {"id_card.front"_msg, "id_card.back"_msg},
                                              screen.side))
                                intent = Picked{Choice::CardSide, *side};
                        } else if (screen.pictures.failure) {
                            problem_banner(ui, *screen.pictures.failure, intent, false);
                        }
                    });
                    ui.column([&] {
                        card_facts(ui, reply);
                        ways_to_get_it(ui, app, intent);
                    });
                },
                {.only_landscape = true});
        });
    });
    return intent ? std::move(intent) : from_bar(bar);
}

namespace {

void print_heading(ui::Ui& ui, PrintStage stage) {
    switch (stage) {
    case PrintStage::Preparing:
    case PrintStage::Printing:
        return ui.heading("card_print.title"_msg, {.subtitle = "card_print.subtitle"_msg});
    case PrintStage::Waiting:
        return ui.heading("card_print.waiting"_msg, {.subtitle = "card_print.waiting_more"_msg});
    case PrintStage::Done:
        return ui.heading("card_print.done"_msg, {.subtitle = "card_print.done_more"_msg});
    case PrintStage::Failed:
        return ui.heading("card_print.failed"_msg, {.subtitle = "card_print.failed_more"_msg});
    case PrintStage::Unknown:
        return ui.heading("card_print.unknown"_msg, {.subtitle = "card_print.unknown_more"_msg});
    }
}

void print_progress(ui::Ui& ui, CardPrint const& screen) {
    using ui::StepState;
    bool const done = screen.stage == PrintStage::Done;
    bool const prints = screen.stage == PrintStage::Printing || screen.stage == PrintStage::Waiting;
    double const passed = 1.0 - screen.seconds_left / static_cast<double>(card_print_expected_s.count());
    ui.card([&] {
        ui.progress("card_print.progress"_msg,
                    {.fraction = done ? 1.0 : std::clamp(passed, 0.0, 0.95),
                     .left = done ? ui::Text() : "card_print.left"_msg.with("count", screen.seconds_left),
                     .steps = {{.label = "card_print.step_checked"_msg,
                                .state = prints || done ? StepState::Done : StepState::Now},
                               {.label = "card_print.step_printing"_msg,
                                .state = done     ? StepState::Done
                                         : prints ? StepState::Now
                                                  : StepState::Next},
                               {.label = "card_print.step_take"_msg,
                                .state = done ? StepState::Now : StepState::Next}},
                     .picture = printer_picture()});
    });
}

} // namespace

MaybeIntent draw(ui::Ui& ui, App const& app, CardPrint const& screen) {
    MaybeIntent intent;
    auto const bar = ui.frame(frame_of(app, CardPrint::name), [&] {
        print_heading(ui, screen.stage);
        if (screen.failure)
            problem_banner(ui, *screen.failure, intent, false);
        ui.columns(
            [&] {
                if (screen.pictures.front && screen.stage != PrintStage::Failed)
                    card_side(ui, screen.pictures, 0);
                ui.column([&] {
                    if (screen.stage != PrintStage::Failed && screen.stage != PrintStage::Unknown)
                        print_progress(ui, screen);
                });
            },
            {.only_landscape = true});
        bool const over = screen.stage == PrintStage::Done || screen.stage == PrintStage::Failed ||
                          screen.stage == PrintStage::Unknown;
        if (!over)
            return;
        ui.buttons([&] {
            want(intent,
                 ui.button(screen.stage == PrintStage::Done ? "card_print.have_it"_msg : "card_print.ok"_msg,
                           {.kind = ui::ButtonKind::Primary, .icon = "check"}),
                 Continue{});
            // A visit that only replaces what was lost asks for nothing else.
            if (app.session.sets_anew.empty())
                want(intent, ui.button("id_card.mail"_msg, {.icon = "mail"}), Open{Place::MailCard});
        });
    });
    return intent ? std::move(intent) : from_bar(bar);
}

MaybeIntent draw(ui::Ui& ui, App const& app, MailCard const& screen) {
    MaybeIntent intent;
    auto const bar = ui.frame(frame_of(app, MailCard::name), [&] {
        want(intent, ui.back("part.back"_msg), GoBack{});
        if (screen.kept) {
            ui.heading("mail_card.done"_msg, {.subtitle = app.facts.offline() ? "mail_card.done_later"_msg
                                                                              : "mail_card.done_more"_msg});
            ui.banner(ui::BannerKind::Good, "mail_card.saved"_msg, {.text = "mail_card.saved_more"_msg});
            want(intent, ui.button("part.ok"_msg, {.kind = ui::ButtonKind::Primary, .icon = "check"}),
                 Continue{});
            return;
        }
        ui.heading("mail_card.title"_msg, {.subtitle = "mail_card.subtitle"_msg});
        offline_banner(ui, app, "part.saved_for_later"_msg);
        if (screen.doing.failure)
            problem_banner(ui, *screen.doing.failure, intent, false);
        ui::Msg const words[] = {"mail_card.lost"_msg, "mail_card.damaged"_msg, "mail_card.never_arrived"_msg,
                                 "mail_card.extra"_msg};
        ui.list([&] {
            for (std::size_t i = 0; i < std::size(words); ++i)
                want(intent, ui.row_button(words[i], {.chevron = false, .selected = screen.reason == i}),
                     Picked{Choice::MailReason, i});
        });
        want(intent,
             ui.button("mail_card.send"_msg,
                       {.kind = ui::ButtonKind::Primary,
                        .icon = "mail",
                        .busy = screen.doing.waiting() ? "part.saving"_msg : ui::Text()}),
             Continue{});
    });
    return intent ? std::move(intent) : from_bar(bar);
}

} // namespace portico::kiosk
