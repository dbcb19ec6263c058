#include "agent/screens/desk_parts.h"

#include "agent/app/acts.h"
#include "agent/app/limits.h"
#include "agent/screens/calls_bar.h"
#include "agent/screens/on_behalf_panel.h"

namespace portico::agent {

void status_bar(ui::Ui& ui, App const& app, MaybeIntent& intent) {
    ui.sticky([&] {
        calls_bar(ui, app, intent);
        ui.row([&] {
            if (app.facts.offline())
                ui.pill("desk.state_offline"_msg, {.kind = ui::PillKind::LookAgain, .icon = "wifi-off"});
            else
                ui.pill("desk.state_online"_msg, {.kind = ui::PillKind::Plain, .icon = "circle-check"});
            waiting_pill(ui, app);
            if (!ui.theme().large_text())
                ui.text("desk.locks_after"_msg, ui::TextKind::Small);
            ui.spacer();
            act_button(ui, app, Act::ShowWork, {.icon = "inbox"}, intent);
            act_button(ui, app, Act::ShowCases, {.icon = "phone"}, intent);
            want(intent, ui.button("act.all"_msg, {.icon = "list", .shortcut = ui::ctrl('K')}),
                 OpenPalette{});
            want(intent, ui.button("act.lock"_msg, {.icon = "lock", .shortcut = ui::ctrl('L')}),
                 Do{Act::LockNow});
        });
    });
}

void act_keys(ui::Ui& ui, App const& app, bool dialog, MaybeIntent& intent) {
    auto const over_dialog = [](Act act) {
        return act == Act::LockNow || act == Act::AnswerCall || act == Act::DeclineCall;
    };
    for (auto const& act : offered_acts(app))
        if (act.off.empty() && (!dialog || over_dialog(act.act)))
            want(intent, ui.shortcut(act.key), Do{act.act});
}

bool act_button(ui::Ui& ui, App const& app, Act act, ActButton const& spec, MaybeIntent& intent) {
    auto const found = offered(app, act);
    if (!found || (!found->off.empty() && !found->held && !spec.say_why))
        return false;
    want(intent,
         ui.button(found->label, {.kind = spec.kind,
                                  .icon = spec.icon,
                                  .off = spec.busy ? ui::Text() : found->off,
                                  .busy = spec.busy ? "work.in_hand"_msg : ui::Text(),
                                  .shortcut = found->key}),
         Do{act});
    return true;
}

ui::Mark case_mark(App const& app, CaseAtHand const& at_hand) {
    auto const* cases = app.cases();
    return cases == nullptr ? ui::Mark() : cases->mark_of(at_hand.item.case_id);
}

void case_card(ui::Ui& ui, App const& app, CaseAtHand const& at_hand, std::function<void()> const& body) {
    ui.card(body, {.tight = true, .mark = case_mark(app, at_hand)});
}

void desk_dialog(ui::Ui& ui, App const& app, MaybeIntent& intent, ui::Text const& title,
                 ui::DialogSpec const& spec, std::function<void()> const& body) {
    ui.dialog(title, spec, [&] {
        body();
        ring_in_dialog(ui, app, intent);
    });
}

void said_banner(ui::Ui& ui, Said const& said) {
    ui.banner(said.good ? ui::BannerKind::Good : ui::BannerKind::LookAgain, said.words,
              {.key = "said", .live = said.good ? ui::Live::Polite : ui::Live::Assertive});
}

void choose_colleague(ui::Ui& ui, App const& app, std::string const& staff, ui::Text const& error,
                      MaybeIntent& intent) {
    if (auto typed = ui.field("hand.staff"_msg, staff,
                              {.kind = ui::FieldKind::Username,
                               .help = "hand.staff_more"_msg,
                               .error = error,
                               .icon = "user",
                               .length_max = words_length_max,
                               .first = true}))
        intent = Typed{Field::Colleague, std::move(*typed)};
    if (ui.submitted())
        intent = Continue{};
    auto const* work = app.work();
    auto const known = work == nullptr ? std::vector<Colleague>() : colleagues(*work);
    if (known.empty())
        return;
    ui::TableSpec table{.header = {"hand.colleague"_msg}, .rows = {}};
    table.words = table.pickable = true;
    for (auto const& each : known)
        table.rows.push_back(
            {.key = each.staff, .cells = {{data(each.name)}}, .selected = each.staff == staff});
    if (auto const row = ui.table("hand.known"_msg, table))
        intent = ChooseColleague{known[*row].staff};
}

} // namespace portico::agent
