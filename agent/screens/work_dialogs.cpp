#include "agent/screens/work_dialogs.h"

#include "agent/screens/desk_parts.h"
#include "agent/screens/work_words.h"
#include "shared/ui/catalog.h"

namespace portico::agent {

namespace {

void draw(ui::Ui& ui, App const& app, Palette const& palette, MaybeIntent& intent) {
    draw_palette(ui, app, palette, intent);
}

void draw(ui::Ui& ui, App const& app, HandOverDialog const& dialog, MaybeIntent& intent) {
    ui.dialog("hand.title"_msg, {.text = "hand.text"_msg}, [&] {
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

ui::Text decision_text(std::string const& decision) {
    if (decision == "refused")
        return "decide.refused"_msg;
    return decision == "withdrawn" ? "decide.withdrawn"_msg : "decide.applied"_msg;
}

void draw(ui::Ui& ui, App const&, DecideDialog const& dialog, MaybeIntent& intent) {
    auto const decisions = decisions_for(dialog.kind);
    auto const reasons = reasons_for(dialog.kind);
    bool const refused = decisions.at(std::min(dialog.decision, decisions.size() - 1)) == "refused";
    ui.dialog("decide.title"_msg, {.text = kind_text(ui, dialog.kind)}, [&] {
        std::vector<ui::Text> options;
        for (auto const& each : decisions)
            options.push_back(decision_text(each));
        if (auto const chosen = ui.choice("decide.how"_msg, options, dialog.decision))
            intent = ChooseDecision{*chosen};
        if (refused) {
            ui::TableSpec table{.header = {"decide.member_reads"_msg}, .rows = {}};
            table.words = table.pickable = true;
            for (std::size_t i = 0; i < reasons.size(); ++i)
                table.rows.push_back({.key = reasons[i],
                                      .cells = {{reason_text(ui, reasons[i])}},
                                      .selected = i == dialog.reason});
            if (auto const row = ui.table("decide.reasons"_msg, table))
                intent = ChooseReason{*row};
        }
        ui.row([&] {
            want(intent,
                 ui.button("decide.go"_msg,
                           {.kind = ui::ButtonKind::Primary, .icon = "check", .shortcut = ui::alt('O')}),
                 Continue{});
            cancel_button(ui, intent);
        });
    });
}

void draw(ui::Ui&, App const&, NoDialog const&, MaybeIntent&) {}

} // namespace

void draw_dialog(ui::Ui& ui, App const& app, Work const& screen, MaybeIntent& intent) {
    std::visit([&](auto const& dialog) { draw(ui, app, dialog, intent); }, screen.dialog);
}

} // namespace portico::agent
