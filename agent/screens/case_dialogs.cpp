#include "agent/screens/case_dialogs.h"

#include "agent/app/acts.h"
#include "agent/app/limits.h"
#include "agent/screens/case_words.h"
#include "agent/screens/desk_parts.h"
#include "agent/screens/unlock_words.h"
#include "shared/domain/plain_text.h"

namespace portico::agent {

namespace {

ui::Text held_up(App const& app) {
    return app.facts.offline() ? ui::Text("work.needs_central"_msg) : ui::Text();
}

/// The dialog's last row: what it is for, and the way out.
void ending(ui::Ui& ui, ui::Msg go, std::string icon, ui::Text off, bool busy, MaybeIntent& intent) {
    ui.row(
        [&] {
            want(intent,
                 ui.button(go, {.kind = ui::ButtonKind::Primary,
                                .icon = std::move(icon),
                                .off = busy ? ui::Text() : std::move(off),
                                .busy = busy ? "work.in_hand"_msg : ui::Text(),
                                .shortcut = ui::alt('O')}),
                 Continue{});
            cancel_button(ui, intent);
        },
        {.align = ui::Align::Start});
}

struct WordList {
    ui::Msg label, header;
    std::vector<std::string> const& words;
    std::optional<std::size_t> selected = 0;
    CaseChoice what{};
};

void choose_word(ui::Ui& ui, WordList const& list, ui::Text (*say)(ui::Ui const&, std::string const&),
                 MaybeIntent& intent) {
    ui::TableSpec table{.header = {list.header}, .rows = {}};
    table.words = table.pickable = true;
    for (std::size_t i = 0; i < list.words.size(); ++i)
        table.rows.push_back(
            {.key = list.words[i], .cells = {{say(ui, list.words[i])}}, .selected = i == list.selected});
    if (auto const row = ui.table(list.label, table))
        intent = ChooseInCase{list.what, *row};
}

void draw(ui::Ui& ui, App const& app, Cases const& cases, OpenCaseDialog const& dialog, MaybeIntent& intent) {
    ui.dialog("open_case.title"_msg, {.text = "open_case.text"_msg}, [&] {
        if (cases.doing.failure)
            case_problem_banner(ui, *cases.doing.failure, "open");
        std::vector<ui::Text> channels;
        for (auto const& each : case_channels())
            channels.push_back(case_channel_text(ui, each));
        if (auto const chosen = ui.choice("open_case.channel"_msg, channels, dialog.channel))
            intent = ChooseInCase{CaseChoice::Channel, *chosen};
        choose_word(ui,
                    {"open_case.reasons"_msg, "open_case.reason"_msg, case_reasons(), dialog.reason,
                     CaseChoice::Reason},
                    case_reason_text, intent);
        ending(ui, "open_case.go"_msg, "plus", held_up(app), cases.doing.waiting(), intent);
    });
}

ui::Text note_help(std::string const& note) {
    auto const left = static_cast<std::int64_t>(note_length_max) -
                      static_cast<std::int64_t>(std::min(note_length_max, character_count(note)));
    return "close_case.note_help"_msg.with("count", left);
}

void draw(ui::Ui& ui, App const& app, Cases const& cases, CloseCaseDialog const&, MaybeIntent& intent) {
    if (!cases.at_hand)
        return;
    auto const& at_hand = *cases.at_hand;
    auto const& failure = at_hand.doing.failure;
    bool const of_note = failure && (failure->reason == "note_long" || failure->reason == "note_invalid");
    ui.dialog("close_case.title"_msg, {.text = case_name(ui, at_hand.item)}, [&] {
        if (failure && !of_note)
            case_problem_banner(ui, *failure, "close");
        if (auto typed = ui.field("close_case.note"_msg, at_hand.note,
                                  {.help = note_help(at_hand.note),
                                   .error = of_note ? case_problem_text(ui, *failure) : ui::Text(),
                                   .length_max = note_length_max,
                                   .read_only = at_hand.doing.waiting(),
                                   .first = true}))
            intent = Typed{Field::Note, std::move(*typed)};
        if (ui.submitted())
            intent = Continue{};
        choose_word(ui,
                    {"close_case.outcomes"_msg, "close_case.outcome"_msg, case_outcomes(), at_hand.outcome,
                     CaseChoice::Outcome},
                    case_outcome_text, intent);
        ending(ui, "close_case.go"_msg, "check", held_up(app), at_hand.doing.waiting(), intent);
    });
}

void draw(ui::Ui& ui, App const& app, Cases const& cases, AllowMoreDialog const& dialog,
          MaybeIntent& intent) {
    auto const& failure = cases.doing.failure;
    bool const of_staff =
        failure && (failure->reason == "colleague_unknown" || failure->reason == "not_for_oneself");
    ui.dialog("allow_more.title"_msg, {.text = "allow_more.text"_msg}, [&] {
        if (failure && !of_staff)
            case_problem_banner(ui, *failure, "allow");
        choose_colleague(ui, app, dialog.staff, of_staff ? case_problem_text(ui, *failure) : ui::Text(),
                         intent);
        ending(ui, "allow_more.go"_msg, "check",
               dialog.staff.empty() ? ui::Text("allow_more.who_first"_msg) : held_up(app),
               cases.doing.waiting(), intent);
    });
}

void draw(ui::Ui& ui, App const& app, Cases const& cases, RevealDialog const& dialog, MaybeIntent& intent) {
    if (!cases.at_hand)
        return;
    auto const& doing = cases.at_hand->doing;
    ui.dialog("reveal.title"_msg, {.text = case_name(ui, cases.at_hand->item)}, [&] {
        ui.text("reveal.text"_msg, ui::TextKind::Secondary);
        if (doing.failure)
            case_problem_banner(ui, *doing.failure, "reveal");
        ui.columns([&] {
            choose_word(ui,
                        {"reveal.reasons"_msg, "reveal.reason"_msg, reveal_reasons(), dialog.reason,
                         CaseChoice::RevealReason},
                        reveal_reason_text, intent);
            choose_word(ui,
                        {"reveal.fields"_msg, "reveal.field"_msg, case_fields(), dialog.field,
                         CaseChoice::RevealedField},
                        case_field_text, intent);
        });
        ending(ui, "reveal.go"_msg, "zoom-in",
               dialog.reason ? held_up(app) : ui::Text("reveal.why_first"_msg), doing.waiting(), intent);
    });
}

void draw(ui::Ui& ui, App const& app, Cases const& cases, GlassDialog const&, MaybeIntent& intent) {
    if (!cases.at_hand)
        return;
    auto const& at_hand = *cases.at_hand;
    auto const& failure = at_hand.doing.failure;
    bool const of_reason = failure && failure->reason == "glass_reason_invalid";
    bool const short_reason = character_count(at_hand.glass_reason) < glass_reason_length_min;
    ui.dialog("glass.title"_msg, {.text = case_name(ui, at_hand.item)}, [&] {
        ui.banner(ui::BannerKind::LookAgain, "glass.told"_msg,
                  {.text = "glass.told_more"_msg, .icon = "shield"});
        if (failure && !of_reason)
            case_problem_banner(ui, *failure, "glass");
        if (auto typed = ui.field("glass.reason"_msg, at_hand.glass_reason,
                                  {.help = "glass.reason_help"_msg,
                                   .error = of_reason ? case_problem_text(ui, *failure) : ui::Text(),
                                   .length_max = glass_reason_length_max,
                                   .read_only = at_hand.doing.waiting(),
                                   .first = true}))
            intent = Typed{Field::GlassReason, std::move(*typed)};
        if (ui.submitted())
            intent = Continue{};
        ending(ui, "glass.go"_msg, "lock-open", short_reason ? ui::Text("glass.why_first"_msg) : held_up(app),
               at_hand.doing.waiting(), intent);
    });
}

/// Why it cannot be unlocked now; empty: it can.
ui::Text why_no_unlock(App const& app, UnlockDialog const& dialog) {
    auto const act = offered(app, Act::UnlockAccount);
    if (!act)
        return "unlock.not_locked"_msg;
    if (!act->off.empty())
        return act->off;
    if (!dialog.lock.value)
        return "unlock.read_first"_msg;
    return dialog.reason ? ui::Text() : ui::Text("unlock.why_first"_msg);
}

void draw(ui::Ui& ui, App const& app, Cases const& cases, UnlockDialog const& dialog, MaybeIntent& intent) {
    if (!cases.at_hand)
        return;
    auto const& doing = cases.at_hand->doing;
    auto const& lock = dialog.lock;
    ui.dialog("unlock.title"_msg, {.text = case_name(ui, cases.at_hand->item)}, [&] {
        if (auto const& failure = doing.failure ? doing.failure : lock.failure)
            case_problem_banner(ui, *failure, "unlock");
        if (lock.value && !lock.value->second_yes.empty())
            ui.banner(
                ui::BannerKind::LookAgain, "unlock.second_yes"_msg,
                {.text = second_yes_text(ui, lock.value->second_yes), .icon = "users", .key = "second"});
        auto const reasons = [&] {
            choose_word(ui,
                        {"unlock.reasons"_msg, "unlock.reason"_msg, unlock_reasons(), dialog.reason,
                         CaseChoice::UnlockReason},
                        unlock_reason_text, intent);
        };
        // With large text what is chosen comes first: the list would push it off the page.
        bool const below = ui.theme().large_text();
        if (below)
            reasons();
        if (lock.value)
            wrong_sign_ins(ui, lock.value->wrong_sign_ins);
        else if (!lock.failure)
            ui.spinner("unlock.loading"_msg);
        if (!below)
            reasons();
        ending(ui, "unlock.go"_msg, "lock-open", why_no_unlock(app, dialog), doing.waiting(), intent);
    });
}

void draw(ui::Ui& ui, App const& app, Cases const&, Palette const& palette, MaybeIntent& intent) {
    draw_palette(ui, app, palette, intent);
}

void draw(ui::Ui&, App const&, Cases const&, NoDialog const&, MaybeIntent&) {}

} // namespace

void draw_dialog(ui::Ui& ui, App const& app, Cases const& screen, MaybeIntent& intent) {
    std::visit([&](auto const& dialog) { draw(ui, app, screen, dialog, intent); }, screen.dialog);
}

} // namespace portico::agent
