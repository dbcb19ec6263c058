#include "agent/screens/work.h"

#include "agent/app/acts.h"
#include "agent/screens/desk_parts.h"
#include "agent/screens/on_behalf_panel.h"
#include "agent/screens/work_dialogs.h"
#include "agent/screens/work_words.h"
#include "shared/ui/catalog.h"

namespace portico::agent {

namespace {

std::int64_t age_min(App const& app, Work const& work) {
    return std::max<std::int64_t>(
        1, std::chrono::floor<std::chrono::minutes>(app.facts.minute - work.read_at).count());
}

/// Beside the title: how many there are, and how old that is when it may no longer be so.
ui::Text subtitle(App const& app, Work const& work) {
    if (!work.list.value)
        return {};
    auto const open = work.list.value->open;
    if (app.facts.offline() || work.list.failure)
        return "work.open_then"_msg.with("count", open).with("minutes", age_min(app, work));
    return "work.open"_msg.with("count", open);
}

void messages(ui::Ui& ui, App const& app, Work const& work) {
    offline_banner(ui, app,
                   work.list.value ? "work.offline_list"_msg.with("minutes", age_min(app, work))
                                   : ui::Text("work.offline_none"_msg));
    if (!work.said.words.empty())
        said_banner(ui, work.said);
    else if (work.doing.failure)
        problem_banner(ui, *work.doing.failure, "act");
    if (work.list.failure && !app.facts.offline())
        problem_banner(ui, *work.list.failure, "list");
}

void filters(ui::Ui& ui, App const& app, Work const& work, MaybeIntent& intent) {
    static constexpr Act shows[] = {Act::ShowAll, Act::ShowMine, Act::ShowNobodys};
    ui.row([&] {
        if (auto const chosen =
                ui.choice("work.show"_msg, {"work.all"_msg, "work.mine"_msg, "work.nobodys"_msg},
                          static_cast<std::size_t>(work.whose)))
            intent = Do{shows[*chosen]};
        if (can_do(app, Act::Refresh))
            want(intent,
                 ui.button("act.refresh"_msg,
                           {.kind = ui::ButtonKind::Quiet, .icon = "rotate-ccw", .shortcut = ui::Key::F5}),
                 Do{Act::Refresh});
    });
}

void table(ui::Ui& ui, App const& app, Work const& work, MaybeIntent& intent) {
    if (!work.list.value) {
        if (!work.list.failure && !app.facts.offline())
            ui.spinner("work.loading"_msg);
        return;
    }
    auto const& items = work.list.value->items;
    if (items.empty()) {
        ui.text(work.whose == Whose::Mine ? "work.none_mine"_msg : "work.none"_msg);
        return;
    }
    ui::TableSpec spec{
        .header = {"work.what"_msg, "work.due"_msg, "work.who"_msg, "work.came"_msg, "work.number"_msg},
        .rows = {}};
    spec.words = spec.pickable = true;
    for (auto const& item : items)
        spec.rows.push_back({.key = item.entry,
                             .cells = {{kind_text(ui, item.kind)},
                                       {due_text(app.facts.minute, item)},
                                       {who_text(item)},
                                       {day_text(item.at)},
                                       {data(short_number(item.entry))}},
                             .flag = late_text(app.facts.minute, item),
                             .selected = item.entry == work.selected});
    if (auto const row = ui.table("work.list"_msg, spec))
        intent = Pick{items[*row].entry};
}

std::string icon_of(Act act) {
    switch (act) {
    case Act::Take:
        return "download";
    case Act::GiveBack:
        return "undo-2";
    case Act::HandOver:
        return "send";
    case Act::OpenWorkCase:
        return "search";
    default:
        return "check";
    }
}

void acts_of_entry(ui::Ui& ui, App const& app, Work const& work, MaybeIntent& intent) {
    bool any = false;
    ui::Text why_none = "work.read_only"_msg;
    for (auto const act : {Act::Take, Act::OpenWorkCase, Act::Decide, Act::GiveBack, Act::HandOver}) {
        auto const found = offered(app, act);
        if (!found)
            continue;
        if (!found->off.empty() && !found->held) {
            // Of what keeps it from being taken, as that comes first.
            if (act == Act::Take)
                why_none = found->off;
            continue;
        }
        bool const busy = work.doing.waiting() && work.doing_what == act;
        any = act_button(ui, app, act,
                         {.kind = any ? ui::ButtonKind::Secondary : ui::ButtonKind::Primary,
                          .icon = icon_of(act),
                          .busy = busy},
                         intent);
    }
    if (!any)
        ui.text(why_none, ui::TextKind::Secondary);
}

/// The selected entry and what can be done with it.
void entry(ui::Ui& ui, App const& app, Work const& work, MaybeIntent& intent) {
    auto const* item = work.item();
    ui.card(
        [&] {
            if (item == nullptr) {
                ui.text("work.pick_first"_msg, ui::TextKind::Secondary);
                return;
            }
            ui.section(kind_text(ui, item->kind));
            // With large text the list says the rest, and what can be done comes first.
            if (!ui.theme().large_text()) {
                ui.fact("work.number"_msg, data(short_number(item->entry)));
                ui.fact("work.due"_msg, due_text(app.facts.minute, *item));
                ui.fact("work.who"_msg, who_text(*item));
                ui.fact("work.came"_msg, day_text(item->at));
            }
            if (auto const why = why_text(ui, *item); !why.empty())
                ui.fact("work.reason"_msg, why);
            auto const acts = [&] { acts_of_entry(ui, app, work, intent); };
            ui.theme().large_text() ? ui.row(acts) : ui.column(acts);
        },
        {.tight = true});
}

} // namespace

MaybeIntent draw(ui::Ui& ui, App const& app, Work const& screen) {
    MaybeIntent intent;
    ui::FrameSpec const spec{.screen = Work::name,
                             .who = data(app.session.name),
                             .finish = true,
                             .finish_label = "act.sign_out"_msg,
                             .access_bar = false};
    auto const bar = ui.frame(spec, [&] {
        ui.heading("work.title"_msg, {.subtitle = subtitle(app, screen)});
        messages(ui, app, screen);
        refused_elsewhere(ui, app, intent);
        if (!app.session.may("see_work")) {
            ui.banner(ui::BannerKind::Notice, "work.no_right"_msg, {.text = "work.no_right_more"_msg});
        } else {
            filters(ui, app, screen, intent);
            auto const list = [&] {
                ui.column([&] { ui.card([&] { table(ui, app, screen, intent); }, {.tight = true}); });
            };
            auto const detail = [&] { ui.column([&] { entry(ui, app, screen, intent); }); };
            // With large text one stands below the other: first what can be done.
            bool const below = ui.theme().large_text();
            ui.columns(
                [&] {
                    below ? detail() : list();
                    below ? list() : detail();
                },
                {.weights = below ? std::vector<float>{1, 1} : std::vector<float>{2.4F, 1}});
        }
        status_bar(ui, app, intent);
        draw_dialog(ui, app, screen, intent);
        act_keys(ui, app, !std::holds_alternative<NoDialog>(screen.dialog), intent);
    });
    if (bar == ui::BarAction::Finish)
        intent = Do{Act::SignOut};
    return intent;
}

} // namespace portico::agent
