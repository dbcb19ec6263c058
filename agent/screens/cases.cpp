#include "agent/screens/cases.h"

#include "agent/app/acts.h"
#include "agent/screens/call_words.h"
#include "agent/screens/case_dialogs.h"
#include "agent/screens/case_panels.h"
#include "agent/screens/case_words.h"
#include "agent/screens/desk_parts.h"
#include "agent/screens/line_panel.h"
#include "agent/screens/on_behalf_panel.h"
#include "agent/screens/work_words.h"

namespace portico::agent {

namespace {

ui::Text subtitle(Cases const& cases) {
    if (!cases.list.value)
        return {};
    return "cases.open"_msg.with("count", static_cast<std::int64_t>(cases.list.value->items.size()));
}

/// A view of its own and another pair of versions are looked at from their top as well.
std::string eob_part(ClaimsAtHand const& claims) {
    if (claims.view == EobView::AsMember)
        return {};
    return "view" + std::to_string(static_cast<int>(claims.view)) +
           (claims.view == EobView::Versions ? "/" + std::to_string(claims.newer) : std::string());
}

/// Another case, or the same with its member, its claims or an EOB, is another part of the screen: it is seen
/// from its top.
std::string part_of(Cases const& cases) {
    if (!cases.at_hand)
        return {};
    auto const& claims = cases.at_hand->claims;
    return cases.at_hand->item.case_id + cases.at_hand->item.level +
           (cases.at_hand->history ? "history"
            : claims               ? "claims" + claims->opened + eob_part(*claims)
                                   : std::string());
}

void messages(ui::Ui& ui, App const& app, Cases const& cases, MaybeIntent& intent) {
    offline_banner(ui, app, "cases.offline"_msg);
    if (!cases.said.words.empty())
        said_banner(ui, cases.said);
    refused_elsewhere(ui, app, intent);
    bool const in_dialog = !std::holds_alternative<NoDialog>(cases.dialog);
    if (cases.doing.failure && !in_dialog)
        case_problem_banner(ui, *cases.doing.failure, "act");
    if (cases.list.failure && !app.facts.offline())
        case_problem_banner(ui, *cases.list.failure, "list");
}

void table(ui::Ui& ui, App const& app, Cases const& cases, MaybeIntent& intent) {
    if (!cases.list.value) {
        if (!cases.list.failure && !app.facts.offline())
            ui.spinner("cases.loading"_msg);
        return;
    }
    auto const& items = cases.list.value->items;
    if (items.empty()) {
        ui.text("cases.none"_msg, ui::TextKind::Secondary);
        return;
    }
    ui::TableSpec spec{.header = {"cases.what"_msg, "cases.opened"_msg, "work.number"_msg}, .rows = {}};
    spec.words = spec.pickable = true;
    auto const channel = [&](api::CaseItem const& item) -> ui::Text {
        auto const way = case_channel_text(ui, item.channel);
        auto const* call = app.calls.of_case(item.case_id);
        return call == nullptr
                   ? way
                   : "call.in_list"_msg.with("channel", way).with("state", call_state_text(ui, call->call));
    };
    for (auto const& item : items)
        spec.rows.push_back({.key = item.case_id,
                             .cells = {{case_reason_text(ui, item.reason)},
                                       {age_text(app.facts.minute, item.opened)},
                                       {data(short_number(item.case_id))}},
                             .note = channel(item),
                             .selected = cases.at_hand && item.case_id == cases.at_hand->item.case_id,
                             .mark = cases.mark_of(item.case_id)});
    if (auto const row = ui.table("cases.list"_msg, spec))
        intent = PickCase{items[*row].case_id};
}

void list(ui::Ui& ui, App const& app, Cases const& cases, MaybeIntent& intent) {
    ui.column([&] {
        if (cases.at_hand)
            ui.row([&] { act_button(ui, app, Act::OpenCase, {.icon = "plus"}, intent); });
        ui.card([&] { table(ui, app, cases, intent); }, {.tight = true});
        draw_line(ui, app, intent);
        ui.row([&] {
            act_button(ui, app, Act::AllowMore, {.kind = ui::ButtonKind::Quiet, .icon = "users"}, intent);
        });
    });
}

void at_hand(ui::Ui& ui, App const& app, Cases const& cases, MaybeIntent& intent) {
    ui.column([&] {
        if (cases.at_hand)
            return draw_case(ui, app, *cases.at_hand, intent);
        ui.card(
            [&] {
                ui.text("cases.pick_first"_msg, ui::TextKind::Secondary);
                ui.row([&] {
                    act_button(ui, app, Act::OpenCase, {.kind = ui::ButtonKind::Primary, .icon = "plus"},
                               intent);
                });
            },
            {.tight = true});
    });
}

} // namespace

std::optional<std::size_t> Cases::mark_of(std::string const& case_id) const {
    auto const found = std::find(marks.begin(), marks.end(), case_id);
    if (case_id.empty() || found == marks.end())
        return std::nullopt;
    return static_cast<std::size_t>(found - marks.begin());
}

MaybeIntent draw(ui::Ui& ui, App const& app, Cases const& screen) {
    MaybeIntent intent;
    ui::FrameSpec const spec{.screen = Cases::name,
                             .who = data(app.session.name),
                             .finish = true,
                             .finish_label = "act.sign_out"_msg,
                             .access_bar = false,
                             .part = part_of(screen)};
    auto const bar = ui.frame(spec, [&] {
        ui.heading("cases.title"_msg, {.subtitle = subtitle(screen)});
        messages(ui, app, screen, intent);
        // The caller first: also where one has to stand below the other.
        ui.columns(
            [&] {
                at_hand(ui, app, screen, intent);
                list(ui, app, screen, intent);
            },
            {.weights = ui.theme().large_text() ? std::vector<float>{1, 1} : std::vector<float>{1.9F, 1}});
        status_bar(ui, app, intent);
        draw_dialog(ui, app, screen, intent);
        act_keys(ui, app, !std::holds_alternative<NoDialog>(screen.dialog), intent);
    });
    if (bar == ui::BarAction::Finish)
        intent = Do{Act::SignOut};
    return intent;
}

} // namespace portico::agent
