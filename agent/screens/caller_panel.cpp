#include "agent/screens/caller_panel.h"

#include "agent/screens/case_words.h"
#include "agent/screens/desk_parts.h"

namespace portico::agent {

namespace {

constexpr int minute_s = 60;

/// Told apart by word and icon, not by colour alone.
void level_pill(ui::Ui& ui, CaseAtHand const& at_hand) {
    if (at_hand.verified())
        ui.pill("case.level_verified"_msg, {.kind = ui::PillKind::Good, .icon = "shield-check"});
    else if (at_hand.identified())
        ui.pill("case.level_identified"_msg, {.kind = ui::PillKind::LookAgain, .icon = "user"});
    else
        ui.pill("case.level_none"_msg, {.kind = ui::PillKind::Plain, .icon = "user"});
}

ui::Text time_left(int seconds) {
    if (seconds > minute_s)
        return "verify.minutes_left"_msg.with("count", (seconds + minute_s - 1) / minute_s);
    return "verify.seconds_left"_msg.with("count", seconds);
}

void read_out(ui::Ui& ui, NumberToRead const& number) {
    ui.banner(ui::BannerKind::Notice, "verify.read_out"_msg.with("number", number.digits),
              {.icon = "phone-call", .key = "check"});
}

struct Ended {
    char const* check;
    ui::BannerKind kind;
    ui::Msg title, text;
};

/// What the rep says now, or what became of the question, with the next step.
void check_state(ui::Ui& ui, CaseAtHand const& at_hand) {
    static constexpr Ended states[] = {
        {"waiting", ui::BannerKind::LookAgain, "verify.no_number"_msg, "verify.no_number_more"_msg},
        {"confirmed", ui::BannerKind::LookAgain, "verify.over"_msg, "verify.over_more"_msg},
        {"wrong", ui::BannerKind::Error, "verify.wrong"_msg, "verify.wrong_more"_msg},
        {"denied", ui::BannerKind::Error, "verify.denied"_msg, "verify.denied_more"_msg},
        {"expired", ui::BannerKind::LookAgain, "verify.expired"_msg, "verify.expired_more"_msg},
    };
    if (!at_hand.number.digits.empty())
        return read_out(ui, at_hand.number);
    for (auto const& state : states)
        if (at_hand.item.check == state.check)
            return ui.banner(state.kind, state.title,
                             {.text = state.text, .key = "check", .live = ui::Live::Assertive});
    ui.text("case.found_more"_msg, ui::TextKind::Secondary);
}

void verification(ui::Ui& ui, App const& app, CaseAtHand const& at_hand, MaybeIntent& intent) {
    bool const asked = at_hand.step == CaseStep::Verify;
    auto const& failure = at_hand.doing.failure;
    if (asked && failure && !said_by_offline(app, *failure))
        case_problem_banner(ui, *failure, "verify");
    else
        check_state(ui, at_hand);
    bool const first = at_hand.item.check.empty();
    auto const& number = at_hand.number;
    ui.row([&] {
        // Large, so that it is read out right.
        if (!number.digits.empty()) {
            ui.text(data(number.digits), ui::TextKind::Display);
            ui.pill("verify.waiting"_msg, {.kind = ui::PillKind::Plain, .icon = "hourglass"});
            ui.pill(time_left(number.seconds_left), {.kind = ui::PillKind::Plain, .icon = "clock"});
            ui.spacer();
        }
        act_button(ui, app, Act::VerifyCaller,
                   {.kind = first ? ui::ButtonKind::Primary : ui::ButtonKind::Secondary,
                    .icon = "shield-check",
                    .busy = asked && at_hand.doing.waiting()},
                   intent);
    });
}

} // namespace

void draw_caller(ui::Ui& ui, App const& app, CaseAtHand const& at_hand, MaybeIntent& intent) {
    ui.card(
        [&] {
            ui.section(case_name(ui, at_hand.item));
            ui.row([&] {
                level_pill(ui, at_hand);
                ui.text("case.opened"_msg.with("age", age_text(app.facts.minute, at_hand.item.opened)),
                        ui::TextKind::Small);
            });
            if (at_hand.verified())
                ui.text("case.verified_more"_msg, ui::TextKind::Secondary);
            else if (at_hand.identified() && !at_hand.needs_glass())
                verification(ui, app, at_hand, intent);
        },
        {.tight = true});
}

} // namespace portico::agent
