#include "agent/screens/recovery_dialog.h"

#include "agent/app/acts.h"
#include "agent/screens/case_words.h"
#include "agent/screens/desk_parts.h"
#include "agent/screens/dialog_parts.h"
#include "agent/screens/unlock_words.h"
#include "agent/screens/work_words.h"

namespace portico::agent {

namespace {

ui::Text way_text(ui::Ui const& ui, std::string const& way, std::string const& to) {
    auto const by = found_or(ui, "recovery_way."_msgs, way, "recovery_way.none"_msg);
    return to.empty() ? by : "recover.by"_msg.with("way", by).with("to", data(to));
}

/// What is open: nothing of it is a code.
void open_one(ui::Ui& ui, api::RecoveryState const& state) {
    bool const started = state.state == "started";
    ui.banner(ui::BannerKind::Notice, started ? "recover.started"_msg : "recover.waiting"_msg,
              {.text = started ? "recover.started_more"_msg : "recover.waiting_more"_msg,
               .icon = "hourglass",
               .key = "open"});
    ui.columns([&] {
        ui.column([&] {
            ui.fact("recover.lost"_msg, lost_text(ui, state.lost));
            ui.fact("recover.reason"_msg, recovery_reason_text(ui, state.reason));
            ui.fact("recover.until"_msg, day_time_text(state.expires));
        });
        if (!started)
            return;
        ui.column([&] {
            ui.fact("recover.first"_msg, way_text(ui, state.first_way, state.first_to));
            ui.fact("recover.second"_msg, way_text(ui, state.second_way, state.second_to));
            ui.fact("recover.tries"_msg, "recover.tries_left"_msg.with("count", state.tries_left));
        });
    });
}

void new_one(ui::Ui& ui, RecoveryDialog const& dialog, MaybeIntent& intent) {
    ui.text("recover.text"_msg, ui::TextKind::Secondary);
    if (!dialog.second_yes().empty())
        ui.banner(ui::BannerKind::LookAgain, "unlock.second_yes"_msg,
                  {.text = second_yes_text(ui, dialog.second_yes()), .icon = "users", .key = "second"});
    ui.columns([&] {
        choose_word(ui,
                    {"recover.losses"_msg, "recover.lost"_msg, dialog.state.value->can_lose, dialog.lost,
                     CaseChoice::Lost},
                    lost_text, intent);
        choose_word(ui,
                    {"recover.reasons"_msg, "recover.reason"_msg, recovery_reasons(), dialog.reason,
                     CaseChoice::RecoveryReason},
                    recovery_reason_text, intent);
    });
}

/// Why nothing can be done with it now; empty: it can.
ui::Text why_not(App const& app, RecoveryDialog const& dialog) {
    auto const act = offered(app, Act::RecoverAccount);
    if (!act)
        return "unlock.verify_first"_msg;
    if (!act->off.empty())
        return act->off;
    if (!dialog.state.value)
        return "recover.read_first"_msg;
    if (dialog.is_open() || (dialog.lost && dialog.reason))
        return {};
    return "recover.why_first"_msg;
}

} // namespace

ui::Text lost_text(ui::Ui const& ui, std::string const& lost) {
    return found_or(ui, "lost."_msgs, lost, "unlock.other"_msg);
}

ui::Text recovery_reason_text(ui::Ui const& ui, std::string const& reason) {
    return found_or(ui, "recovery_reason."_msgs, reason, "unlock.other"_msg);
}

void draw_recovery(ui::Ui& ui, App const& app, Cases const& cases, RecoveryDialog const& dialog,
                   MaybeIntent& intent) {
    if (!cases.at_hand)
        return;
    auto const& doing = cases.at_hand->doing;
    desk_dialog(ui, app, intent, "recover.title"_msg, {.text = case_name(ui, cases.at_hand->item)}, [&] {
        if (auto const& failure = doing.failure ? doing.failure : dialog.state.failure)
            case_problem_banner(ui, *failure, "recover");
        if (dialog.is_open())
            open_one(ui, *dialog.state.value);
        else if (dialog.state.value)
            new_one(ui, dialog, intent);
        else if (!dialog.state.failure)
            ui.spinner("recover.loading"_msg);
        dialog_ending(ui, dialog.is_open() ? "recover.withdraw"_msg : "recover.go"_msg,
                      dialog.is_open() ? "undo-2" : "lock-open", why_not(app, dialog), doing.waiting(),
                      intent);
    });
}

void recovery_state(ui::Ui& ui, CaseAtHand const& at_hand) {
    auto const& state = at_hand.item.recovery;
    if (state.empty())
        return;
    bool const open = state == "waiting" || state == "started";
    ui.pill(found_or(ui, "recovery_state."_msgs, state, "unlock.other"_msg),
            {.kind = state == "finished" ? ui::PillKind::Good
                     : open              ? ui::PillKind::Notice
                                         : ui::PillKind::LookAgain,
             .icon = open ? "hourglass" : "lock-open"});
}

} // namespace portico::agent
