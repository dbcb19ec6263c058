#include "agent/screens/palette.h"

#include "agent/app/acts.h"
#include "agent/app/limits.h"
#include "agent/screens/desk_parts.h"
#include "shared/ui/catalog.h"

#include <algorithm>

namespace portico::agent {

namespace {

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

/// Those that could be done now and whose words hold what was typed.
std::vector<Offered> matches(ui::Ui const& ui, App const& app, std::string const& words) {
    std::vector<Offered> found;
    for (auto& act : offered_acts(app))
        if (act.off.empty() &&
            lower(ui.catalog().plain(act.label, ui.language())).find(lower(words)) != std::string::npos)
            found.push_back(std::move(act));
    return found;
}

} // namespace

void cancel_button(ui::Ui& ui, MaybeIntent& intent) {
    want(intent, ui.button("desk.cancel"_msg, {.icon = "x", .shortcut = ui::Key::Escape}), Close{});
}

void draw_palette(ui::Ui& ui, App const& app, Palette const& palette, MaybeIntent& intent) {
    auto const found = matches(ui, app, palette.words);
    desk_dialog(ui, app, intent, "palette.title"_msg, {}, [&] {
        if (auto typed = ui.field("palette.words"_msg, palette.words,
                                  {.icon = "search", .length_max = words_length_max, .first = true}))
            intent = Typed{Field::ActWords, std::move(*typed)};
        if (ui.submitted() && !found.empty())
            intent = Do{found.front().act};
        if (found.empty()) {
            ui.text("palette.none"_msg);
        } else {
            ui::TableSpec table{.header = {"palette.act"_msg, "palette.key"_msg}, .rows = {}};
            table.words = table.pickable = true;
            for (auto const& act : found)
                table.rows.push_back(
                    {.key = ui::name(act.key), .cells = {{act.label}, {data(ui::name(act.key))}}});
            if (auto const row = ui.table("palette.list"_msg, table))
                intent = Do{found[*row].act};
        }
        cancel_button(ui, intent);
    });
}

} // namespace portico::agent
