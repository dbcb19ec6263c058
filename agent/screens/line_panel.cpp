#include "agent/screens/line_panel.h"

#include "agent/app/acts.h"
#include "agent/screens/case_words.h"
#include "agent/screens/desk_parts.h"
#include "shared/base/language.h"

#include <algorithm>

namespace portico::agent {

namespace {

ui::Text about_text(ui::Ui const& ui, std::string const& about) {
    return found_or(ui, "line_about."_msgs, about, "line_about.other"_msg);
}

ui::Text estimate_text(api::WaitingLine const& line) {
    if (line.wait_max <= 0)
        return "line.estimate_none"_msg;
    return "line.estimate"_msg.with("from", line.wait_min).with("to", line.wait_max);
}

bool is_held(api::WaitingEntry const& entry) {
    return entry.kind == "held_call";
}

/// Of those who could be taken now: at a desk without an extension no caller who holds the line.
bool may_be_taken(api::WaitingLine const& line, api::WaitingEntry const& entry) {
    return is_held(entry) ? line.takes_calls : entry.rests_until.empty();
}

std::int64_t due_now(api::WaitingLine const& line) {
    return std::count_if(line.items.begin(), line.items.end(),
                         [&](api::WaitingEntry const& each) { return may_be_taken(line, each); });
}

/// The first few in order, each with its kind and how long it has waited.
void first_in_line(ui::Ui& ui, App const& app, api::WaitingLine const& line) {
    constexpr std::size_t shown_max = 3;
    ui.row([&] {
        for (std::size_t i = 0; i < std::min(line.items.size(), shown_max); ++i) {
            auto const& entry = line.items[i];
            auto const text = is_held(entry) ? "line.entry_held"_msg : "line.entry_call_back"_msg;
            ui.pill(
                text.with("age", age_text(app.facts.minute, entry.since)),
                {.icon = is_held(entry) ? "phone-incoming" : "undo-2", .key = "first_" + std::to_string(i)});
        }
    });
}

void figures(ui::Ui& ui, App const& app, api::WaitingLine const& line) {
    if (line.telephone == "silent")
        ui.banner(ui::BannerKind::LookAgain, "line.telephone_silent"_msg, {.key = "telephone"});
    if (line.waiting == 0) {
        ui.text("line.nobody"_msg, ui::TextKind::Secondary);
    } else {
        // What has just happened to this rep's own is more than who else waits, and stands beside the case.
        bool const room = !ui.theme().large_text() && !app.line.has_news() && line.telephone != "silent";
        if (app.line.has_calls() && room)
            first_in_line(ui, app, line);
        ui.fact("line.waiting"_msg,
                "line.waiting_now"_msg.with("count", line.waiting).with("now", due_now(line)));
        if (app.line.has_calls())
            ui.fact("line.kinds"_msg, "line.kinds_now"_msg.with("calls", line.holding)
                                          .with("call_backs", line.waiting - line.holding));
        else
            ui.fact("line.longest"_msg, age_text(app.facts.minute, line.items.front().since));
    }
    // With large text the rest leaves no room for the cases, and beside a call that comes now none for the
    // case.
    if (ui.theme().large_text() || app.line.rings_soon())
        return;
    ui.fact("line.told"_msg, estimate_text(line));
    if (line.kept_percent >= 0)
        ui.fact("line.kept"_msg, "line.kept_percent"_msg.with("percent", line.kept_percent));
}

void said(ui::Ui& ui, App const& app) {
    auto const& line = app.line;
    if (line.rings_soon())
        ui.banner(ui::BannerKind::Notice, "line.rings_soon"_msg, {.key = "line"});
    else if (line.not_put_through)
        ui.banner(ui::BannerKind::LookAgain, "line.not_put_through"_msg, {.key = "line"});
    else if (line.hung_up)
        ui.banner(ui::BannerKind::Notice, "line.hung_up"_msg, {.key = "line"});
    else if (line.went_back)
        ui.banner(ui::BannerKind::LookAgain, "line.went_back"_msg, {.key = "line"});
    else if (line.empty)
        ui.banner(ui::BannerKind::Notice, "line.none_due"_msg, {.key = "line"});
    else if (line.doing.failure && !line.taken && !said_by_offline(app, *line.doing.failure))
        case_problem_banner(ui, *line.doing.failure, "line");
}

} // namespace

void draw_line(ui::Ui& ui, App const& app, MaybeIntent& intent) {
    if (!app.session.may("open_case") || !app.line.line.value)
        return;
    auto const& line = *app.line.line.value;
    ui.card(
        [&] {
            ui.section(app.line.has_calls() ? "line.title_both"_msg : "line.title"_msg);
            figures(ui, app, line);
            said(ui, app);
            ui.row([&] {
                if (!app.line.rings_soon())
                    act_button(ui, app, Act::NextCallBack,
                               {.icon = "phone-call", .busy = app.line.doing.waiting() && !app.line.taken},
                               intent);
                else
                    act_button(ui, app, Act::GiveCallBack, {.kind = ui::ButtonKind::Quiet, .icon = "undo-2"},
                               intent);
            });
        },
        {.tight = true});
}

void draw_line_call(ui::Ui& ui, App const& app, CaseAtHand const& at_hand, MaybeIntent& intent) {
    auto const& line = app.line;
    if (!line.is_of_case(at_hand.item.case_id))
        return;
    auto const& taken = *line.taken;
    case_card(ui, app, at_hand, [&] {
        ui.section("line.call_now"_msg.with("to", taken.to));
        ui.row([&] {
            ui.pill("line.speaks"_msg.with("language", language_text(taken.language)), {.icon = "languages"});
            ui.pill(about_text(ui, taken.about), {.key = "about"});
            if (taken.tries > 0)
                ui.pill("line.tries"_msg.with("count", taken.tries),
                        {.kind = ui::PillKind::LookAgain, .icon = "phone-off", .key = "tries"});
        });
        if (taken.ticket.empty())
            ui.text("line.no_ticket"_msg, ui::TextKind::Secondary);
        if (line.doing.failure && !said_by_offline(app, *line.doing.failure))
            case_problem_banner(ui, *line.doing.failure, "call_back");
        bool const busy = line.doing.waiting();
        ui.row([&] {
            act_button(ui, app, Act::CallReached,
                       {.kind = ui::ButtonKind::Primary, .icon = "phone-call", .busy = busy}, intent);
            act_button(ui, app, Act::CallNotAnswered, {.icon = "phone-off"}, intent);
            act_button(ui, app, Act::CallWrongNumber, {.icon = "x"}, intent);
            act_button(ui, app, Act::GiveCallBack, {.kind = ui::ButtonKind::Quiet, .icon = "undo-2"}, intent);
        });
    });
}

} // namespace portico::agent
