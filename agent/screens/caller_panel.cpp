#include "agent/screens/caller_panel.h"

#include "agent/app/acts.h"
#include "agent/screens/call_words.h"
#include "agent/screens/case_words.h"
#include "agent/screens/code_panel.h"
#include "agent/screens/desk_parts.h"
#include "agent/screens/speaker_words.h"

namespace portico::agent {

namespace {

/// Told apart by word and icon, not by colour alone.
void level_pill(ui::Ui& ui, CaseAtHand const& at_hand) {
    if (at_hand.verified())
        ui.pill("case.level_verified"_msg, {.kind = ui::PillKind::Good, .icon = "shield-check"});
    else if (at_hand.identified())
        ui.pill("case.level_identified"_msg, {.kind = ui::PillKind::LookAgain, .icon = "user"});
    else
        ui.pill("case.level_none"_msg, {.kind = ui::PillKind::Plain, .icon = "user"});
}

void read_out(ui::Ui& ui, NumberToRead const& number) {
    ui.banner(ui::BannerKind::Notice, "verify.read_out"_msg.with("number", number.digits),
              {.icon = "phone-call", .key = "check"});
}

struct State {
    char const* word;
    ui::BannerKind kind;
    ui::Msg title, text;
};

/// What the rep says now, or what became of the question, with the next step.
void check_state(ui::Ui& ui, CaseAtHand const& at_hand) {
    static constexpr State checks[] = {
        {"waiting", ui::BannerKind::LookAgain, "verify.no_number"_msg, "verify.no_number_more"_msg},
        {"confirmed", ui::BannerKind::LookAgain, "verify.over"_msg, "verify.over_more"_msg},
        {"wrong", ui::BannerKind::Error, "verify.wrong"_msg, "verify.wrong_more"_msg},
        {"denied", ui::BannerKind::Error, "verify.denied"_msg, "verify.denied_more"_msg},
        {"expired", ui::BannerKind::LookAgain, "verify.expired"_msg, "verify.expired_more"_msg},
    };
    static constexpr State codes[] = {
        {"right", ui::BannerKind::LookAgain, "verify.over"_msg, "verify.over_more"_msg},
        {"ended", ui::BannerKind::Error, "code.ended"_msg, "code.ended_more"_msg},
        {"expired", ui::BannerKind::LookAgain, "code.expired"_msg, "code.expired_more"_msg},
        {"unsent", ui::BannerKind::Error, "code.unsent"_msg, "code.unsent_more"_msg},
    };
    static constexpr State calls[] = {
        {"unanswered", ui::BannerKind::LookAgain, "call_back.unanswered"_msg,
         "call_back.unanswered_more"_msg},
        {"not_dialled", ui::BannerKind::Error, "call_back.not_dialled"_msg, "call_back.not_dialled_more"_msg},
        {"expired", ui::BannerKind::LookAgain, "call_back.late"_msg, "call_back.late_more"_msg},
    };
    if (!at_hand.number.digits.empty())
        return read_out(ui, at_hand.number);
    auto const said = [&](State const& state) {
        ui.banner(state.kind, state.title, {.text = state.text, .key = "check", .live = ui::Live::Assertive});
    };
    // That the member is not on the phone outweighs all that was tried beside it.
    auto const& item = at_hand.item;
    if (at_hand.verified() && (item.code == "right" || item.check == "confirmed"))
        return; // the weaker proof stands while a stronger one is asked for
    bool const by_code = !item.code.empty() && item.check != "waiting" && item.check != "denied";
    for (auto const& state : calls)
        if (by_code && item.code_way == "call_back" && item.code == state.word)
            return said(state);
    if (by_code && item.code_way == "totp" && item.code == "expired")
        return said({"", ui::BannerKind::LookAgain, "code.expired"_msg, "code.expired_app_more"_msg});
    for (auto const& state : codes)
        if (by_code && item.code == state.word)
            return said(state);
    for (auto const& state : checks)
        if (item.check == state.word)
            return said(state);
    ui.text("case.found_more"_msg, ui::TextKind::Secondary);
}

/// It was asked for last, and is under way or was refused.
bool of_verification(CaseAtHand const& at_hand) {
    bool const of_it = at_hand.step == CaseStep::Verify || at_hand.step == CaseStep::SendCode ||
                       at_hand.step == CaseStep::CallBack;
    return of_it && (at_hand.doing.waiting() || at_hand.doing.failure);
}

void verification(ui::Ui& ui, App const& app, CaseAtHand const& at_hand, MaybeIntent& intent) {
    bool const asked = of_verification(at_hand);
    auto const& failure = at_hand.doing.failure;
    bool const fails = asked && failure && !said_by_offline(app, *failure);
    if (at_hand.code_waits() && at_hand.number.digits.empty() && !fails)
        return at_hand.calls_back() ? draw_call_back(ui, app, at_hand, intent)
                                    : draw_code(ui, app, at_hand, intent);
    if (!asked && nobody_on_line(app, at_hand)) {
        ui.text("case.nobody_on_line"_msg, ui::TextKind::Secondary);
        return ui.row([&] {
            act_button(ui, app, Act::VerifyCaller, {.kind = ui::ButtonKind::Quiet, .icon = "phone-call"},
                       intent);
        });
    }
    if (fails)
        case_problem_banner(ui, *failure, "verify");
    else
        check_state(ui, at_hand);
    bool const first = at_hand.item.check.empty() && at_hand.item.code.empty();
    auto const& number = at_hand.number;
    ui.row([&] {
        // Large, so that it is read out right.
        if (!number.digits.empty()) {
            ui.text(data(number.digits), ui::TextKind::Display);
            ui.pill("verify.waiting"_msg, {.kind = ui::PillKind::Plain, .icon = "hourglass"});
            ui.pill(time_left_text(number.seconds_left), {.kind = ui::PillKind::Plain, .icon = "clock"});
            ui.spacer();
        }
        act_button(ui, app, Act::VerifyCaller,
                   {.kind = first ? ui::ButtonKind::Primary : ui::ButtonKind::Secondary,
                    .icon = "shield-check",
                    .busy = asked && at_hand.doing.waiting()},
                   intent);
    });
}

/// Which call it is about, and who might be on it while nobody was found.
void call_of_case(ui::Ui& ui, App const& app, CaseAtHand const& at_hand) {
    auto const* call = app.calls.of_case(at_hand.item.case_id);
    if (call == nullptr)
        return;
    if (!call->live())
        return ui.text("call.over_more"_msg.with("end", call_state_text(ui, call->call)),
                       ui::TextKind::Small);
    auto const who = at_hand.identified() ? ui::Text() : candidates_text(*call);
    ui.text(who.empty() ? "call.of_case"_msg.with("caller", caller_text(*call))
                        : "call.of_case_who"_msg.with("caller", caller_text(*call)).with("who", who),
            ui::TextKind::Small);
}

ui::Text verified_text(CaseAtHand const& at_hand) {
    if (!at_hand.item.speaker.empty())
        return at_hand.verified_by_mail() ? "speaker.verified_mail"_msg : "speaker.verified"_msg;
    if (at_hand.verified_by_mail())
        return "case.verified_mail"_msg;
    auto const& way = at_hand.item.verified_way;
    return way == "text_code"   ? "case.verified_text"_msg
           : way == "totp"      ? "case.verified_totp"_msg
           : way == "call_back" ? "case.verified_call_back"_msg
                                : "case.verified_more"_msg;
}

void proof(ui::Ui& ui, App const& app, CaseAtHand const& at_hand, MaybeIntent& intent) {
    ui.text(verified_text(at_hand), ui::TextKind::Secondary);
    if (!at_hand.verified_by_mail())
        return;
    if (at_hand.code_waits() || !at_hand.number.digits.empty() || at_hand.item.check == "waiting" ||
        of_verification(at_hand))
        return verification(ui, app, at_hand, intent);
    ui.row([&] { act_button(ui, app, Act::VerifyCaller, {.icon = "shield-check"}, intent); });
}

/// Not the member, in every state of the case; and why they may not any more.
void speaks_for(ui::Ui& ui, CaseAtHand const& at_hand) {
    auto const& item = at_hand.item;
    if (item.speaker.empty())
        return;
    ui.row([&] {
        ui.pill("speaker.speaks_for"_msg.with("kind", speaker_kind_text(ui, item.speaker_kind)),
                {.kind = ui::PillKind::LookAgain, .icon = "users"});
        if (!item.speaker_scopes.empty())
            ui.text("speaker.about_what"_msg.with("scopes", speaker_scopes_text(ui, item.speaker_scopes)),
                    ui::TextKind::Small);
    });
    if (!item.speaker_hindrance.empty())
        case_problem_banner(ui, error(ErrorKind::Refused, item.speaker_hindrance), "not_in_force");
}

} // namespace

void draw_caller(ui::Ui& ui, App const& app, CaseAtHand const& at_hand, MaybeIntent& intent) {
    case_card(ui, app, at_hand, [&] {
        ui.section(case_name(ui, at_hand.item));
        ui.row([&] {
            level_pill(ui, at_hand);
            ui.text("case.opened"_msg.with("age", age_text(app.facts.minute, at_hand.item.opened)),
                    ui::TextKind::Small);
            call_of_case(ui, app, at_hand);
        });
        speaks_for(ui, at_hand);
        // What the rep says when the member asks whether it is the plan.
        if (auto const words = desk_words_text(ui, at_hand.item.words); !words.empty())
            ui.text("desk_words.say"_msg.with("words", words), ui::TextKind::Small);
        if (at_hand.verified())
            proof(ui, app, at_hand, intent);
        else if (at_hand.identified() && !at_hand.needs_glass())
            verification(ui, app, at_hand, intent);
    });
}

} // namespace portico::agent
