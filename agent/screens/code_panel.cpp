#include "agent/screens/code_panel.h"

#include "agent/app/acts.h"
#include "agent/app/limits.h"
#include "agent/screens/call_words.h"
#include "agent/screens/desk_parts.h"
#include "shared/ui/draw/painter.h"

namespace portico::agent {

namespace {

/// What the rep says now, or why nothing can be keyed, with the next step.
void state(ui::Ui& ui, CaseAtHand const& at_hand, CallAtHand const* call) {
    auto const say = [&](ui::BannerKind kind, ui::Text const& title, ui::Text const& text, char const* icon) {
        ui.banner(kind, title, {.text = text, .icon = icon, .key = "check", .live = ui::Live::Assertive});
    };
    bool const of_app = at_hand.item.code_way == "totp";
    bool const on_line = call != nullptr && call->live();
    if (call != nullptr && call->call.entry == "out_of_service")
        return say(ui::BannerKind::Error, "phone.withdrawn"_msg, "phone.withdrawn_more"_msg, "phone-off");
    if (!on_line)
        return say(ui::BannerKind::LookAgain, "code.no_call"_msg, "code.no_call_more"_msg, "phone-off");
    if (call->call.entry == "central_unreachable")
        return say(ui::BannerKind::LookAgain, "code.lost"_msg, "code.lost_more"_msg, "wifi-off");
    bool const wrong = call->call.entry == "wrong" || at_hand.item.code == "wrong";
    if (wrong && call->call.keyed == 0)
        return say(ui::BannerKind::Error, "code.wrong"_msg,
                   of_app ? "code.wrong_app_more"_msg : "code.wrong_more"_msg, "circle-x");
    if (call->call.state != PhoneCall::State::Keying)
        return say(ui::BannerKind::LookAgain, of_app ? "code.not_keying_app"_msg : "code.not_keying"_msg,
                   of_app ? "code.not_keying_app_more"_msg : "code.not_keying_more"_msg, "volume-2");
    auto const ask = of_app                    ? ui::Text("code.ask_app"_msg)
                     : at_hand.code.to.empty() ? ui::Text("code.ask"_msg)
                                               : "code.ask_to"_msg.with("to", at_hand.code.to);
    say(ui::BannerKind::Notice, ask, "code.ask_more"_msg, "keyboard");
}

/// A filled dot for each digit that came, a ring for each that is missing.
void dots(ui::Ui& ui, int keyed) {
    constexpr float dot = 34, gap = 16;
    float const width = code_digits * (dot + gap) - gap;
    ui.picture("code.keyed"_msg.with("count", keyed).with("all", code_digits),
               {.picture = {.draw =
                                [keyed](ui::Painter& painter, ui::Rect r) {
                                    auto const& color = painter.theme().color;
                                    float const scale = r.w / (code_digits * (dot + gap) - gap);
                                    for (int i = 0; i < code_digits; ++i) {
                                        ui::Point const middle{
                                            r.x + scale * (static_cast<float>(i) * (dot + gap) + dot / 2),
                                            r.y + r.h / 2};
                                        if (i < keyed)
                                            painter.circle(middle, scale * dot / 2, color.ink);
                                        else
                                            painter.circle_outline(middle, scale * dot / 2, color.edge, 4);
                                    }
                                },
                            .size = {width, dot + gap}},
                .align = ui::Align::Start,
                .key = "dots"});
}

void call_back_state(ui::Ui& ui, CaseAtHand const& at_hand, CallAtHand const* call) {
    auto const say = [&](ui::BannerKind kind, ui::Text const& title, ui::Text const& text, char const* icon) {
        ui.banner(kind, title, {.text = text, .icon = icon, .key = "check", .live = ui::Live::Assertive});
    };
    if (call != nullptr && call->call.entry == "out_of_service")
        return say(ui::BannerKind::Error, "phone.withdrawn"_msg, "phone.withdrawn_more"_msg, "phone-off");
    bool const ours = call != nullptr && call->live() && call->call.dialled();
    if (!ours)
        return say(ui::BannerKind::LookAgain, "call_back.no_call"_msg, "call_back.no_call_more"_msg,
                   "phone-off");
    auto const& entry = call->call.entry;
    if (entry == "central_unreachable")
        return say(ui::BannerKind::LookAgain, "call_back.lost"_msg, "call_back.lost_more"_msg, "wifi-off");
    if (entry == "code_gone")
        return say(ui::BannerKind::LookAgain, "call_back.late"_msg, "call_back.late_more"_msg, "circle-x");
    if (call->call.state == PhoneCall::State::Dialling)
        return say(ui::BannerKind::Notice,
                   at_hand.code.to.empty() ? ui::Text("call_back.dialling"_msg)
                                           : "call_back.dialling_to"_msg.with("to", at_hand.code.to),
                   "call_back.dialling_more"_msg, "phone-call");
    if (call->call.state == PhoneCall::State::Held)
        return say(ui::BannerKind::LookAgain, "call_back.held"_msg, {}, "pause");
    say(ui::BannerKind::Notice, "call_back.say_press_1"_msg, "call_back.ask_more"_msg, "keyboard");
}

} // namespace

void draw_call_back(ui::Ui& ui, App const& app, CaseAtHand const& at_hand, MaybeIntent& intent) {
    call_back_state(ui, at_hand, app.calls.of_case(at_hand.item.case_id));
    ui.row([&] { act_button(ui, app, Act::VerifyCaller, {.icon = "shield-check"}, intent); });
}

void draw_code(ui::Ui& ui, App const& app, CaseAtHand const& at_hand, MaybeIntent& intent) {
    auto const* call = app.calls.of_case(at_hand.item.case_id);
    bool const keys = call != nullptr && call->call.state == PhoneCall::State::Keying;
    state(ui, at_hand, call);
    ui.row([&] {
        if (keys)
            dots(ui, call->call.keyed);
        if (keys)
            ui.pill("code.unheard"_msg, {.kind = ui::PillKind::Notice, .icon = "eye-off"});
        if (at_hand.code.seconds_left > 0)
            ui.pill(time_left_text(at_hand.code.seconds_left),
                    {.kind = ui::PillKind::Plain, .icon = "clock"});
        ui.pill("case.tries_left"_msg.with("count", at_hand.item.code_tries_left),
                {.kind = at_hand.item.code_tries_left > 1 ? ui::PillKind::Plain : ui::PillKind::LookAgain,
                 .icon = "hash"});
    });
    ui.row([&] {
        act_button(ui, app, Act::KeyCode,
                   {.kind = keys ? ui::ButtonKind::Secondary : ui::ButtonKind::Primary,
                    .icon = keys ? "x" : "keyboard",
                    .say_why = true},
                   intent);
        act_button(ui, app, Act::VerifyCaller, {.icon = "shield-check"}, intent);
    });
}

} // namespace portico::agent
