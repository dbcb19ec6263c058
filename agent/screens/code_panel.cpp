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
    bool const on_line = call != nullptr && call->live();
    if (!on_line)
        return say(ui::BannerKind::LookAgain, "code.no_call"_msg, "code.no_call_more"_msg, "phone-off");
    if (call->call.entry == "central_unreachable")
        return say(ui::BannerKind::LookAgain, "code.lost"_msg, "code.lost_more"_msg, "wifi-off");
    bool const wrong = call->call.entry == "wrong" || at_hand.item.code == "wrong";
    if (wrong && call->call.keyed == 0)
        return say(ui::BannerKind::Error, "code.wrong"_msg, "code.wrong_more"_msg, "circle-x");
    if (call->call.state != PhoneCall::State::Keying)
        return say(ui::BannerKind::LookAgain, "code.not_keying"_msg, "code.not_keying_more"_msg, "volume-2");
    say(ui::BannerKind::Notice,
        at_hand.code.to.empty() ? ui::Text("code.ask"_msg) : "code.ask_to"_msg.with("to", at_hand.code.to),
        "code.ask_more"_msg, "keyboard");
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

} // namespace

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
