#include "agent/app/turn.h"

#include "agent/screens/case_words.h"
#include "shared/base/rfc3339.h"

namespace portico::agent {

namespace {

char const* reason_of(std::string const& about) {
    return about == "account_locked" ? "unlock"
           : about == "claim"        ? "eob_question"
           : about == "card"         ? "card"
                                     : "other";
}

void choose_outcome(CaseAtHand& at_hand, std::string_view word) {
    auto const& words = case_outcomes();
    at_hand.outcome = static_cast<std::size_t>(std::find(words.begin(), words.end(), word) - words.begin());
}

ui::Msg words_for(std::string const& outcome) {
    return outcome == "reached"        ? "line.done_reached"_msg
           : outcome == "no_answer"    ? "line.done_no_answer"_msg
           : outcome == "wrong_number" ? "line.done_wrong_number"_msg
                                       : "line.done_given_back"_msg;
}

/// The case of the call that was taken comes to hand.
void show_case(Turn& turn, Cases& cases) {
    auto const& taken = *turn.app.line.taken;
    if (cases.at_hand && cases.at_hand->item.case_id == taken.case_id)
        return;
    if (cases.list.value)
        for (auto const& each : cases.list.value->items)
            if (each.case_id == taken.case_id)
                return pick_case(turn, taken.case_id);
    take_at_hand(turn, cases,
                 {taken.case_id, reason_of(taken.about), "call_back", to_rfc3339(turn.now.utc), ""});
}

void is_said(Turn& turn, std::string const& outcome);

/// What was taken is at hand no longer, as the line says. A held call that was put through is that: it rings
/// as every call does, or is answered by now.
void lose_taken(Turn& turn) {
    auto& line = turn.app.line;
    auto const& read = *line.line.value;
    // The answer was lost, and what was said is so.
    if (!line.saying.empty() && !line.rings_soon())
        return is_said(turn, std::string(line.saying));
    if (line.rings_soon()) {
        std::string const became =
            read.last_held == line.taken->call_back ? read.last_held_state : std::string();
        line.hung_up = became == "gone";
        line.not_put_through = became != "gone" && became != "put_through";
    } else {
        line.went_back = true;
    }
    line.saying.clear();
    line.taken.reset();
}

/// Nobody is on the line: what is left of the case is its end.
void offer_end(Cases& cases, std::string const& case_id, std::string const& outcome) {
    bool const at_hand = cases.at_hand && cases.at_hand->item.case_id == case_id;
    if (outcome == "reached" || !at_hand || !std::holds_alternative<NoDialog>(cases.dialog))
        return;
    if (!cases.at_hand->outcome_chosen)
        choose_outcome(*cases.at_hand, outcome == "given_back" ? "handed_on" : "caller_left");
    cases.at_hand->doing.failure.reset();
    cases.dialog = CloseCaseDialog{};
}

/// Central has it.
void is_said(Turn& turn, std::string const& outcome) {
    auto& line = turn.app.line;
    auto const case_id = line.taken ? line.taken->case_id : std::string();
    line.taken.reset();
    line.saying.clear();
    line.doing.failure.reset();
    if (auto* cases = turn.app.cases()) {
        cases->said = {words_for(outcome), true};
        offer_end(*cases, case_id, outcome);
    }
}

} // namespace

void fetch_line(Turn& turn) {
    if (turn.app.session.signed_in() && turn.app.session.may("open_case"))
        turn.app.line.line.begin(turn.ask(FetchLine{}));
}

void on_line_read(Turn& turn, RequestNumber request, LineRead& event) {
    auto& line = turn.app.line;
    if (!line.line.take(request, event.result))
        return;
    if (line.line.failure) {
        auto const failure = *line.line.failure;
        handled_as_session(turn, failure);
        return;
    }
    if (!line.taken || line.doing.waiting())
        return;
    if (line.line.value->at_hand != line.taken->call_back)
        return lose_taken(turn);
    line.saying.clear(); // central has not heard it
}

void on_call_back_taken(Turn& turn, RequestNumber request, CallBackGot& event) {
    auto& line = turn.app.line;
    Error const* const failure = event.result.has_error() ? &event.result.error() : nullptr;
    if (!line.doing.take(request, failure))
        return;
    if (failure != nullptr) {
        line.empty = failure->reason == "line_empty";
        if (!handled_as_session(turn, *failure))
            fetch_line(turn);
        return;
    }
    line.taken = std::move(event.result).value();
    line.saying.clear();
    // It rings at this desk in a moment, and is a case when it is answered.
    if (line.rings_soon())
        return fetch_line(turn);
    // Nobody is rung again who is being rung, or talked to, since before a sign-out.
    bool const goes_on = line.taken->call_back == std::exchange(line.goes_on_with, std::string()) &&
                         go_on_with_stray(turn, line.taken->case_id);
    if (!line.taken->ticket.empty() && !goes_on) {
        expect_dialled(turn, line.taken->ticket, line.taken->case_id);
        turn.ask(WorkTelephone{WorkTelephone::Do::Dial, {}, line.taken->ticket});
    }
    fetch_line(turn);
    auto* cases = turn.app.cases();
    if (cases == nullptr)
        return;
    // Who is in the middle of something keeps what they see; the case stands in the list.
    if (std::holds_alternative<NoDialog>(cases->dialog))
        take_at_hand(
            turn, *cases,
            {line.taken->case_id, reason_of(line.taken->about), "call_back", to_rfc3339(turn.now.utc), ""});
    fetch_cases(turn);
}

void on_outcome_said(Turn& turn, RequestNumber request, OutcomeSaid& event) {
    auto& line = turn.app.line;
    Error const* const failure = event.result.has_error() ? &event.result.error() : nullptr;
    if (!line.doing.take(request, failure))
        return;
    if (failure != nullptr) {
        if (!may_have_passed(*failure))
            line.saying.clear();
        // It is a colleague's by now, or over.
        if (failure->kind == ErrorKind::NotFound || failure->reason == "call_back_ended") {
            bool const was_held = line.rings_soon();
            line.taken.reset();
            // Of a held call the line says what became of it; most often it rings here by now.
            line.went_back = !was_held;
            line.doing.failure.reset();
        }
        if (!handled_as_session(turn, *failure))
            fetch_line(turn);
        return;
    }
    is_said(turn, event.outcome);
    fetch_line(turn);
}

void do_with_line(Turn& turn, Act act) {
    auto& line = turn.app.line;
    line.forget_news();
    line.doing.failure.reset();
    if (act == Act::NextCallBack) {
        show_cases(turn);
        if (line.taken)
            return show_case(turn, *turn.app.cases());
        line.goes_on_with = line.has_unknown() ? line.line.value->at_hand : std::string();
        line.doing.begin(turn.ask(TakeNext{}));
        return;
    }
    auto const* outcome = act == Act::CallReached       ? "reached"
                          : act == Act::CallNotAnswered ? "no_answer"
                          : act == Act::CallWrongNumber ? "wrong_number"
                                                        : "given_back";
    line.saying = outcome;
    line.doing.begin(turn.ask(SayOutcome{{line.taken->call_back, outcome}}));
}

} // namespace portico::agent
