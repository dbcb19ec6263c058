#include "agent/app/turn.h"

#include "agent/screens/case_words.h"
#include "shared/base/rfc3339.h"
#include "shared/devices/dial_number.h"

namespace portico::agent {

namespace {

using Telephoning = WorkTelephone::Do;

bool is_in(TelephoneView const& view, std::string const& id) {
    return std::any_of(view.calls.begin(), view.calls.end(),
                       [&](PhoneCall const& each) { return each.id == id; });
}

void has_ended(Turn& turn, CallAtHand& call) {
    call.call.state = PhoneCall::State::Ended;
    call.call.keyed = 0;
    // Who rang is nobody's business any more; with a case, the case says so.
    renew(call.candidates);
    if (call.case_id.empty() && call.opening == 0)
        call.gone_at = turn.now.mono + ended_call_s;
}

void take_call(Turn& turn, PhoneCall const& told) {
    auto& calls = turn.app.calls;
    auto* known = calls.find(told.id);
    auto const dialled_for = calls.case_of_ticket(told.ticket);
    // One that could not be dialled ends as it begins: it is told all the same.
    if (known == nullptr && told.state == PhoneCall::State::Ended && dialled_for.empty())
        return;
    if (known == nullptr) {
        CallAtHand made;
        made.call = told;
        made.call.state = told.dialled() ? PhoneCall::State::Dialling : told.state;
        made.case_id = dialled_for;
        calls.all.push_back(std::move(made));
        known = &calls.all.back();
        if (!dialled_for.empty())
            calls.chosen = told.id; // the rep has wanted it
    }
    bool const was_live = known->live();
    bool const was_answered = known->answered();
    auto const before = std::exchange(known->call, told);
    follow_dialled(turn, before, told);
    if (known->live() || !was_live)
        return;
    has_ended(turn, *known);
    // Nobody was there: the panel says so, and the caller's own call is the one of the case again.
    if (told.dialled() && !was_answered)
        known->gone_at = turn.now.mono + ended_call_s;
}

/// Nothing is chosen, or what was has gone: the next one that was answered.
void keep_chosen(CallsAtHand& calls) {
    if (calls.chosen_call() != nullptr)
        return;
    calls.chosen.clear();
    for (auto const& each : calls.all)
        if (each.answered()) {
            calls.chosen = each.call.id;
            return;
        }
}

void erase_call(Turn& turn, std::string const& id) {
    auto& calls = turn.app.calls;
    calls.all.erase(std::remove_if(calls.all.begin(), calls.all.end(),
                                   [&](CallAtHand const& each) { return each.call.id == id; }),
                    calls.all.end());
    keep_chosen(calls);
}

void ask_candidates(Turn& turn, CallAtHand& call) {
    bool const asked = call.candidates.waiting() || call.candidates.value || call.candidates.failure;
    if (call.live() && !asked && !call.call.from.empty())
        call.candidates.begin(turn.ask(FetchCandidates{call.call.id, call.call.from}));
}

/// A call that is talked to is a case at once. Why it is, is not known yet. One that was dialled here has its
/// case, also where this desk no longer knows which.
void ensure_case(Turn& turn, CallAtHand& call) {
    bool const has_one = !call.case_id.empty() || call.opening != 0 || call.call.dialled();
    if (!call.answered() || has_one || call.no_case)
        return;
    call.opening = turn.ask(OpenCase{{"other", "phone"}});
}

/// Its case comes to hand; who looks at the queue comes to the cases.
void show_case_of(Turn& turn, CallAtHand const& call) {
    show_cases(turn);
    auto* cases = turn.on_top<Cases>();
    if (cases == nullptr || call.case_id.empty())
        return;
    cases->dialog = NoDialog{};
    pick_case(turn, call.case_id);
}

void answer(Turn& turn, CallAtHand& call) {
    auto& calls = turn.app.calls;
    calls.chosen = call.call.id;
    call.gone_at = {};
    call.wanted = true;
    call.no_case.reset(); // it is tried once more
    if (call.handed_over)
        call.call.state = PhoneCall::State::Talking;
    else if (call.rings())
        turn.ask(WorkTelephone{Telephoning::Answer, call.call.id, {}});
    if (!turn.app.session.may("open_case"))
        return;
    // The view says a moment later that it is talked to; the case is asked for now.
    if (call.case_id.empty() && call.opening == 0 && !turn.app.facts.offline())
        call.opening = turn.ask(OpenCase{{"other", "phone"}});
    show_case_of(turn, call);
    if (auto* cases = turn.on_top<Cases>())
        cases->dialog = NoDialog{}; // who answers has left what stood over the screen
}

void hang_up(Turn& turn, CallAtHand& call) {
    if (!call.handed_over) {
        turn.ask(WorkTelephone{Telephoning::HangUp, call.call.id, {}});
        return;
    }
    call.call.end = "desk";
    has_ended(turn, call);
}

} // namespace

void on_telephone(Turn& turn, TelephoneView& view) {
    auto& calls = turn.app.calls;
    calls.telephone = view.state;
    for (auto const& told : view.calls)
        take_call(turn, told);
    // What is not told of any more has ended: the telephone may have gone with all of its calls.
    for (auto& each : calls.all)
        if (each.at_telephone() && !is_in(view, each.call.id)) {
            each.call.end = "failed";
            has_ended(turn, each);
        }
    keep_chosen(calls);
    attend_calls(turn);
}

void expect_dialled(Turn& turn, std::string const& ticket, std::string const& case_id) {
    auto& expected = turn.app.calls.expected;
    if (expected.size() >= calls_max)
        expected.erase(expected.begin());
    expected.push_back({ticket, case_id});
}

bool go_on_with_stray(Turn& turn, std::string const& case_id) {
    auto* stray = turn.app.calls.stray();
    if (stray == nullptr)
        return false;
    stray->case_id = case_id;
    turn.app.calls.chosen = stray->call.id;
    return true;
}

void on_telephone_failed(Turn& turn, TelephoneFailed const& event) {
    auto* cases = turn.app.cases();
    if (cases != nullptr && event.call.empty())
        cases->said = {ui::Msg("call_back.not_begun"), false};
    if (cases != nullptr && turn.app.calls.find(event.call) != nullptr)
        cases->said = {ui::Msg("call.not_done"), false};
}

void on_handed_over(Turn& turn, CallHandedOver const& event) {
    auto& calls = turn.app.calls;
    auto const number = ++calls.handed_over;
    if (!turn.app.session.signed_in() || calls.handed_over_now() >= handed_over_max)
        return;
    CallAtHand made;
    made.call.id = "handed-" + std::to_string(number);
    made.call.from = event.from;
    made.call.line = event.to;
    made.handed_over = true;
    made.gone_at = turn.now.mono + handed_over_ring_s;
    calls.all.push_back(std::move(made));
    attend_calls(turn);
}

void attend_calls(Turn& turn) {
    auto const& app = turn.app;
    bool const at_work = turn.on_top<Work>() != nullptr || turn.on_top<Cases>() != nullptr;
    // Who is not there is told nothing, and asks when they are back.
    if (!app.session.signed_in() || !app.session.may("open_case") || app.facts.offline() || !at_work)
        return;
    for (auto& each : turn.app.calls.all) {
        ask_candidates(turn, each);
        ensure_case(turn, each);
    }
}

void on_candidates(Turn& turn, RequestNumber request, CandidatesRead& event) {
    auto* call = turn.app.calls.find(event.call);
    if (call == nullptr || !call->live() || !call->candidates.take(request, event.result))
        return;
    if (!call->candidates.failure)
        return;
    auto const failure = *call->candidates.failure;
    if (handled_as_session(turn, failure))
        return;
    // Nobody needs to know that it was not told at once: it is asked again when central is back.
    if (may_have_passed(failure))
        call->candidates.failure.reset();
}

bool take_case_of_call(Turn& turn, RequestNumber request, CaseOpened& event) {
    auto& calls = turn.app.calls.all;
    auto const call = std::find_if(calls.begin(), calls.end(), [&](CallAtHand const& each) {
        return each.opening != 0 && each.opening == request;
    });
    if (call == calls.end())
        return false;
    call->opening = 0;
    if (event.result.has_error()) {
        auto const failure = event.result.error();
        if (handled_as_session(turn, failure))
            return true;
        call->no_case = failure;
        if (!call->live())
            call->gone_at = turn.now.mono + ended_call_s;
        fetch_cases(turn);
        return true;
    }
    call->case_id = event.result.value().case_id;
    auto* cases = turn.app.cases();
    // Who has chosen another call meanwhile, or is in the middle of something, keeps what they see.
    bool const free = cases != nullptr && turn.app.calls.chosen == call->call.id &&
                      std::holds_alternative<NoDialog>(cases->dialog);
    if (free && (call->wanted || !cases->at_hand))
        take_at_hand(turn, *cases, {call->case_id, "other", "phone", to_rfc3339(turn.now.utc), ""});
    fetch_cases(turn);
    return true;
}

void leave_call_of(Turn& turn, std::string const& case_id) {
    while (auto* call = turn.app.calls.of_case(case_id)) {
        if (!call->live()) {
            erase_call(turn, std::string(call->call.id));
            continue;
        }
        // The next case of who is on the line still is opened by the rep.
        call->case_id.clear();
        call->no_case = error(ErrorKind::NotFound, "case_closed");
    }
}

void suggest_outcome(App const& app, CaseAtHand& at_hand) {
    auto const* call = app.calls.of_case(at_hand.item.case_id);
    if (at_hand.outcome_chosen || call == nullptr || call->live())
        return;
    auto const& words = case_outcomes();
    auto const choose = [&](char const* word) {
        at_hand.outcome =
            static_cast<std::size_t>(std::find(words.begin(), words.end(), word) - words.begin());
    };
    auto const& end = call->call.end;
    if (end == "transferred")
        choose("handed_on");
    else if (end != "desk" && !at_hand.verified())
        choose("caller_left");
}

void do_with_call(Turn& turn, Act act) {
    auto& calls = turn.app.calls;
    auto* chosen = calls.find(calls.chosen);
    switch (act) {
    case Act::AnswerCall: {
        auto const* ringing = calls.ringing();
        auto* call = ringing != nullptr ? calls.find(ringing->call.id) : chosen;
        if (call != nullptr)
            answer(turn, *call);
        return;
    }
    case Act::DeclineCall: {
        auto const* ringing = calls.ringing();
        turn.ask(WorkTelephone{Telephoning::HangUp, ringing->call.id, {}});
        return;
    }
    case Act::HoldCall:
        turn.ask(WorkTelephone{chosen->call.state == PhoneCall::State::Held ? Telephoning::Resume
                                                                            : Telephoning::Hold,
                               chosen->call.id,
                               {}});
        return;
    case Act::HangUpCall:
        return hang_up(turn, *chosen);
    case Act::TransferCall:
        show_case_of(turn, *chosen);
        if (auto* cases = turn.on_top<Cases>())
            cases->dialog = TransferDialog{.call = chosen->call.id};
        return;
    default: {
        auto const at =
            chosen == nullptr ? calls.all.size() - 1 : static_cast<std::size_t>(chosen - calls.all.data());
        auto const next = calls.all.at((at + 1) % calls.all.size()).call.id;
        return pick_call(turn, next);
    }
    }
}

void pick_call(Turn& turn, std::string const& id) {
    auto const* call = turn.app.calls.find(id);
    bool const at_work = turn.on_top<Work>() != nullptr || turn.on_top<Cases>() != nullptr;
    if (call == nullptr || !at_work)
        return;
    turn.app.calls.chosen = id;
    if (!call->case_id.empty())
        show_case_of(turn, *call);
}

void transfer(Turn& turn, Cases& cases, TransferDialog& dialog) {
    std::string number;
    std::copy_if(dialog.to.begin(), dialog.to.end(), std::back_inserter(number),
                 [](char c) { return std::string_view(" -.()").find(c) == std::string_view::npos; });
    dialog.wrong = check_dial_number(number).has_error();
    auto const* call = turn.app.calls.find(dialog.call);
    if (dialog.wrong || call == nullptr || !call->at_telephone())
        return;
    turn.ask(WorkTelephone{Telephoning::Transfer, dialog.call, number});
    cases.dialog = NoDialog{};
}

void drop_gone_calls(Turn& turn) {
    std::vector<std::string> gone;
    for (auto const& each : turn.app.calls.all)
        if (each.gone_at != MonoTime{} && each.gone_at <= turn.now.mono)
            gone.push_back(each.call.id);
    for (auto const& id : gone)
        erase_call(turn, id);
}

std::optional<MonoTime> next_call_gone(App const& app) {
    std::optional<MonoTime> next;
    for (auto const& each : app.calls.all)
        if (each.gone_at != MonoTime{})
            next = next ? std::min(*next, each.gone_at) : each.gone_at;
    return next;
}

void forget_calls(App& app) {
    auto& calls = app.calls.all;
    calls.erase(std::remove_if(calls.begin(), calls.end(),
                               [](CallAtHand const& each) { return each.handed_over || !each.live(); }),
                calls.end());
    for (auto& each : calls) {
        renew(each.candidates);
        each.case_id.clear();
        each.opening = 0;
        each.no_case.reset();
    }
    app.calls.chosen.clear();
    app.calls.expected.clear();
}

} // namespace portico::agent
