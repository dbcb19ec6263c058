#include "agent/screens/dialog_parts.h"

#include "agent/app/app.h"

namespace portico::agent {

ui::Text held_up(App const& app) {
    return app.facts.offline() ? ui::Text("work.needs_central"_msg) : ui::Text();
}

void dialog_ending(ui::Ui& ui, ui::Msg go, std::string icon, ui::Text off, bool busy, MaybeIntent& intent) {
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

} // namespace portico::agent
