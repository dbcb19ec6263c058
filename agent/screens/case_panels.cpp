#include "agent/screens/case_panels.h"

#include "agent/app/limits.h"
#include "agent/screens/caller_panel.h"
#include "agent/screens/case_words.h"
#include "agent/screens/claims_panel.h"
#include "agent/screens/desk_parts.h"
#include "agent/screens/history_panel.h"
#include "agent/screens/line_panel.h"
#include "agent/screens/matter_panel.h"
#include "agent/screens/member_panel.h"
#include "agent/screens/on_behalf_panel.h"

namespace portico::agent {

namespace {

struct FactField {
    ui::Msg label;
    Field field{};
    ui::FieldKind kind = ui::FieldKind::Text;
    ui::Text help = {};
    std::size_t length_max = name_length_max;
    bool first = false;
};

void fact_field(ui::Ui& ui, CaseAtHand const& at_hand, FactField const& spec, MaybeIntent& intent) {
    auto const& value = *at_hand.facts.of(spec.field);
    if (auto typed = ui.field(spec.label, value,
                              {.kind = spec.kind,
                               .help = spec.help,
                               .error = fact_problem(ui, at_hand.doing, spec.field),
                               .length_max = spec.length_max,
                               .read_only = at_hand.doing.waiting(),
                               .first = spec.first}))
        intent = Typed{spec.field, std::move(*typed)};
    if (ui.submitted())
        intent = Continue{};
}

void facts(ui::Ui& ui, CaseAtHand const& at_hand, MaybeIntent& intent) {
    auto const field = [&](FactField const& spec) { fact_field(ui, at_hand, spec, intent); };
    ui.grid(3, [&] {
        field({.label = "case.member_id"_msg,
               .field = Field::MemberNumber,
               .help = "case.member_id_help"_msg,
               .length_max = member_id_length_max,
               .first = true});
        field({.label = "case.birth_date"_msg,
               .field = Field::BirthDate,
               .kind = ui::FieldKind::Date,
               .help = "case.birth_date_help"_msg});
        field({.label = "case.zip"_msg,
               .field = Field::Zip,
               .kind = ui::FieldKind::Zip,
               .help = "case.zip_help"_msg,
               .length_max = zip_length_max});
        field({.label = "case.given"_msg,
               .field = Field::GivenNames,
               .kind = ui::FieldKind::Name,
               .help = "case.given_help"_msg});
        field({.label = "case.family"_msg,
               .field = Field::FamilyName,
               .kind = ui::FieldKind::Name,
               .help = "case.family_help"_msg});
    });
}

void tries(ui::Ui& ui, CaseAtHand const& at_hand) {
    if (at_hand.tries_left >= 0)
        ui.pill("case.tries_left"_msg.with("count", at_hand.tries_left),
                {.kind = at_hand.tries_left > 1 ? ui::PillKind::LookAgain : ui::PillKind::Error,
                 .icon = "circle-alert"});
}

void find_panel(ui::Ui& ui, App const& app, CaseAtHand const& at_hand, MaybeIntent& intent) {
    case_card(ui, app, at_hand, [&] {
        ui.section("case.find_title"_msg, {.aside = case_name(ui, at_hand.item)});
        ui.text("case.find_more"_msg, ui::TextKind::Secondary);
        facts(ui, at_hand, intent);
        // Beside the button, so that it is seen on the same page, however large the text.
        if (auto const& failure = at_hand.doing.failure;
            failure && !is_fact_problem(*failure) && !said_by_offline(app, *failure))
            case_problem_banner(ui, *failure, "find");
        ui.row([&] {
            act_button(ui, app, Act::FindCaller,
                       {.kind = ui::ButtonKind::Primary,
                        .icon = "search",
                        .busy = at_hand.doing.waiting() && at_hand.step == CaseStep::Identify,
                        .say_why = true},
                       intent);
            tries(ui, at_hand);
        });
    });
}

} // namespace

void draw_case(ui::Ui& ui, App const& app, CaseAtHand const& at_hand, MaybeIntent& intent) {
    draw_line_call(ui, app, at_hand, intent);
    if (!at_hand.claims && !at_hand.history)
        draw_matter(ui, app, at_hand, intent);
    draw_caller(ui, app, at_hand, intent);
    draw_written(ui, app, at_hand, intent);
    if (at_hand.history)
        draw_history(ui, app, at_hand, intent);
    else if (at_hand.claims)
        draw_claims(ui, app, at_hand, intent);
    else if (at_hand.identified())
        draw_member(ui, app, at_hand, intent);
    else
        find_panel(ui, app, at_hand, intent);
    // Last: who comes to the case begins with the caller.
    ui.row([&] {
        act_button(ui, app, Act::CloseCase, {.icon = "check"}, intent);
        // Where the notes are shown both stand with them.
        if (!at_hand.history) {
            act_button(ui, app, Act::AddNote, {.icon = "pencil"}, intent);
            act_button(ui, app, Act::ShowHistory, {.icon = "clock"}, intent);
        }
        act_button(ui, app, Act::WhoSpeaks, {.kind = ui::ButtonKind::Quiet, .icon = "users"}, intent);
        act_button(ui, app, Act::ChangeReason, {.kind = ui::ButtonKind::Quiet, .icon = "pencil"}, intent);
        act_button(ui, app, Act::LeaveCase, {.kind = ui::ButtonKind::Quiet, .icon = "undo-2"}, intent);
    });
}

} // namespace portico::agent
