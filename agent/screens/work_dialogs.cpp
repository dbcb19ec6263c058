#include "agent/screens/work_dialogs.h"

#include "agent/screens/case_words.h"
#include "agent/screens/desk_parts.h"
#include "agent/screens/recovery_dialog.h"
#include "agent/screens/unlock_words.h"
#include "agent/screens/work_words.h"
#include "shared/ui/catalog.h"

namespace portico::agent {

namespace {

void draw(ui::Ui& ui, App const& app, Palette const& palette, MaybeIntent& intent) {
    draw_palette(ui, app, palette, intent);
}

void draw(ui::Ui& ui, App const& app, HandOverDialog const& dialog, MaybeIntent& intent) {
    desk_dialog(ui, app, intent, "hand.title"_msg, {.text = "hand.text"_msg}, [&] {
        choose_colleague(ui, app, dialog.to, {}, intent);
        ui.row([&] {
            want(intent,
                 ui.button("hand.go"_msg, {.kind = ui::ButtonKind::Primary,
                                           .icon = "send",
                                           .off = dialog.to.empty() ? "hand.who_first"_msg : ui::Text()}),
                 Continue{});
            cancel_button(ui, intent);
        });
    });
}

ui::Text decision_text(std::string const& decision, std::string const& kind) {
    bool const unlock = is_unlock(kind);
    if (decision == "refused")
        return unlock ? "decide.unlock_no"_msg : "decide.refused"_msg;
    if (decision == "withdrawn")
        return "decide.withdrawn"_msg;
    return kind == "recovery_approval" ? "decide.recovery_yes"_msg
           : unlock                    ? "decide.unlock_yes"_msg
                                       : "decide.applied"_msg;
}

void choose_decision(ui::Ui& ui, DecideDialog const& dialog, MaybeIntent& intent) {
    auto const decisions = decisions_for(dialog.kind);
    std::vector<ui::Text> options;
    options.reserve(decisions.size());
    for (auto const& each : decisions)
        options.push_back(decision_text(each, dialog.kind));
    if (auto const chosen = ui.choice("decide.how"_msg, options, dialog.decision.value_or(decisions.size())))
        intent = ChooseDecision{*chosen};
}

void choose_reason(ui::Ui& ui, DecideDialog const& dialog, MaybeIntent& intent) {
    auto const reasons = reasons_for(dialog.kind);
    ui::TableSpec table{
        .header = {is_unlock(dialog.kind) ? "decide.unlock_why_no"_msg : "decide.member_reads"_msg},
        .rows = {}};
    table.words = table.pickable = true;
    for (std::size_t i = 0; i < reasons.size(); ++i)
        table.rows.push_back(
            {.key = reasons[i], .cells = {{reason_text(ui, reasons[i])}}, .selected = i == dialog.reason});
    if (auto const row = ui.table("decide.reasons"_msg, table))
        intent = ChooseReason{*row};
}

/// What a second person decides by.
void asked_unlock(ui::Ui& ui, api::AskedUnlock const& asked) {
    ui.columns([&] {
        ui.column([&] {
            ui.fact("asked.by"_msg, data(asked.asked_by_name));
            ui.fact("asked.at"_msg, day_time_text(asked.at));
            ui.fact("asked.until"_msg, time_text(asked.expires));
            if (!asked.lost.empty())
                ui.fact("recover.lost"_msg, lost_text(ui, asked.lost));
            ui.fact("asked.reason"_msg, asked.lost.empty() ? unlock_reason_text(ui, asked.reason)
                                                           : recovery_reason_text(ui, asked.reason));
        });
        ui.column([&] {
            ui.fact("asked.second_yes"_msg, second_yes_text(ui, asked.second_yes));
            ui.fact("asked.verified"_msg, verified_way_text(ui, asked.verified_way));
            ui.fact("asked.verified_at"_msg, day_time_text(asked.verified_at));
            ui.fact("asked.account"_msg, account_state_text(ui, asked.account));
        });
    });
    wrong_sign_ins(ui, asked.wrong_sign_ins);
}

/// Why it cannot be decided now; empty: it can.
ui::Text why_no_decision(DecideDialog const& dialog) {
    if (is_unlock(dialog.kind) && !dialog.unlock.value)
        return "decide.read_first"_msg;
    return dialog.word().empty() ? ui::Text("decide.choose_first"_msg) : ui::Text();
}

void decide_buttons(ui::Ui& ui, DecideDialog const& dialog, MaybeIntent& intent) {
    ui.row(
        [&] {
            want(intent,
                 ui.button("decide.go"_msg, {.kind = ui::ButtonKind::Primary,
                                             .icon = "check",
                                             .off = why_no_decision(dialog),
                                             .shortcut = ui::alt('O')}),
                 Continue{});
            cancel_button(ui, intent);
        },
        {.align = ui::Align::Start});
}

void draw(ui::Ui& ui, App const& app, DecideDialog const& dialog, MaybeIntent& intent) {
    bool const unlock = is_unlock(dialog.kind);
    desk_dialog(ui, app, intent,
                dialog.kind == "recovery_approval" ? "decide.recovery_title"_msg
                : unlock                           ? "decide.unlock_title"_msg
                                                   : "decide.title"_msg,
                {.text = kind_text(ui, dialog.kind)}, [&] {
                    if (unlock && dialog.unlock.failure)
                        problem_banner(ui, *dialog.unlock.failure, "asked");
                    else if (unlock && !dialog.unlock.value)
                        ui.spinner("decide.loading"_msg);
                    else if (unlock)
                        asked_unlock(ui, *dialog.unlock.value);
                    if (!unlock || dialog.unlock.value)
                        choose_decision(ui, dialog, intent);
                    if (dialog.word() == "refused")
                        choose_reason(ui, dialog, intent);
                    decide_buttons(ui, dialog, intent);
                });
}

void draw(ui::Ui&, App const&, NoDialog const&, MaybeIntent&) {}

} // namespace

void draw_dialog(ui::Ui& ui, App const& app, Work const& screen, MaybeIntent& intent) {
    std::visit([&](auto const& dialog) { draw(ui, app, dialog, intent); }, screen.dialog);
}

} // namespace portico::agent
