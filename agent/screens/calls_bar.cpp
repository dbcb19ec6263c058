#include "agent/screens/calls_bar.h"

#include "agent/app/acts.h"
#include "agent/screens/call_words.h"
#include "agent/screens/case_words.h"
#include "agent/screens/desk_parts.h"

namespace portico::agent {

namespace {

char const* icon_of(PhoneCall::State state) {
    switch (state) {
    case PhoneCall::State::Ringing:
        return "phone-incoming";
    case PhoneCall::State::Dialling:
        return "phone-forwarded";
    case PhoneCall::State::Talking:
        return "phone-call";
    case PhoneCall::State::Held:
        return "pause";
    case PhoneCall::State::Keying:
        return "keyboard";
    case PhoneCall::State::Ended:
        break;
    }
    return "phone-off";
}

/// The call that F4 takes, or Ctrl J declines.
void ring(ui::Ui& ui, App const& app, MaybeIntent& intent) {
    auto const* call = app.calls.ringing();
    if (call == nullptr)
        return;
    // In one line where it fits: who works goes on working above it.
    auto const who = candidates_text(*call);
    ui.banner(ui::BannerKind::Notice,
              who.empty() ? "call.rings"_msg.with("caller", caller_text(*call))
                          : "call.rings_who"_msg.with("caller", caller_text(*call)).with("who", who),
              {.icon = "phone-incoming", .key = call->call.id}, [&] {
                  act_button(ui, app, Act::AnswerCall, {.icon = "phone-call"}, intent);
                  // Beside the tabs of others there is no room for it in large text: its key and the list of
                  // all acts have it always.
                  if (app.calls.all.size() == 1)
                      act_button(ui, app, Act::DeclineCall,
                                 {.kind = ui::ButtonKind::Quiet, .icon = "phone-off"}, intent);
              });
}

void tabs(ui::Ui& ui, App const& app, MaybeIntent& intent) {
    auto const* cases = app.cases();
    for (auto const& each : app.calls.all) {
        auto const& call = each.call;
        if (&each == app.calls.ringing())
            continue; // it stands above
        auto const label =
            "call.tab"_msg.with("number", number_text(call)).with("state", call_state_text(ui, call));
        auto const mark = cases == nullptr ? ui::Mark() : cases->mark_of(each.case_id);
        want(intent,
             ui.chip(label, call.id == app.calls.chosen,
                     {.icon = icon_of(call.state), .key = call.id, .mark = mark, .keeps_icon = true}),
             PickCall{call.id});
    }
}

/// Why the chosen call has no case, which the rep opens then.
void missing_case(ui::Ui& ui, App const& app, MaybeIntent& intent) {
    auto const* call = app.calls.chosen_call();
    if (call == nullptr || !call->answered() || !call->no_case || app.facts.offline())
        return;
    ui.banner(
        ui::BannerKind::LookAgain, "call.no_case"_msg,
        {.text = call->no_case->reason == "case_closed" ? ui::Text() : case_problem_text(ui, *call->no_case),
         .key = "no_case"},
        [&] {
            if (app.calls.ringing() == nullptr)
                act_button(ui, app, Act::AnswerCall, {.icon = "plus"}, intent);
        });
}

void telephone_state(ui::Ui& ui, App const& app) {
    if (std::holds_alternative<TelephoneFault>(app.calls.telephone))
        ui.banner(ui::BannerKind::LookAgain, "call.telephone_gone"_msg,
                  {.text = "call.telephone_gone_more"_msg, .icon = "phone-off", .key = "telephone"});
    else if (auto const* ready = std::get_if<TelephoneReady>(&app.calls.telephone);
             ready != nullptr && !ready->registered)
        ui.banner(ui::BannerKind::LookAgain, "call.not_registered"_msg,
                  {.text = "call.not_registered_more"_msg, .icon = "phone-off", .key = "telephone"});
}

} // namespace

void calls_bar(ui::Ui& ui, App const& app, MaybeIntent& intent) {
    telephone_state(ui, app);
    ring(ui, app, intent);
    missing_case(ui, app, intent);
    auto const& all = app.calls.all;
    // The one that rings stands above already.
    if (all.empty() || (all.size() == 1 && all.front().rings()))
        return;
    ui.row([&] {
        tabs(ui, app, intent);
        ui.spacer();
        auto const* chosen = app.calls.chosen_call();
        bool const held = chosen != nullptr && chosen->call.state == PhoneCall::State::Held;
        act_button(ui, app, Act::HoldCall, {.icon = held ? "play" : "pause"}, intent);
        // With large text what is done less often is left to its key and the palette.
        if (!ui.theme().large_text())
            act_button(ui, app, Act::TransferCall, {.icon = "phone-forwarded"}, intent);
        act_button(ui, app, Act::HangUpCall, {.kind = ui::ButtonKind::Serious, .icon = "phone-off"}, intent);
    });
}

void ring_in_dialog(ui::Ui& ui, App const& app, MaybeIntent& intent) {
    ui.keyed("dialog", [&] { ring(ui, app, intent); });
}

void ring_at_lock(ui::Ui& ui, App const& app) {
    if (app.calls.ringing() != nullptr)
        ui.banner(ui::BannerKind::Notice, "call.rings_here"_msg, {.icon = "phone-incoming"});
}

} // namespace portico::agent
