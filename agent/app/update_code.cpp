#include "agent/app/turn.h"

#include "agent/screens/verify_ways.h"

namespace portico::agent {

namespace {

using Telephoning = WorkTelephone::Do;

VerifyDialog* verify_dialog(Cases& cases) {
    return std::get_if<VerifyDialog>(&cases.dialog);
}

bool can_be_asked(api::VerifyWay const& way, App const& app, CaseAtHand const& at_hand) {
    return way_hindrance(way, app.calls, at_hand.item.case_id).empty();
}

/// A caller on the line has a telephone in their hand; else the strongest that is possible.
std::string suggested_way(std::vector<api::VerifyWay> const& ways, App const& app,
                          CaseAtHand const& at_hand) {
    std::string first;
    for (auto const& each : ways) {
        if (!can_be_asked(each, app, at_hand))
            continue;
        if (each.way == "text_code")
            return each.way;
        if (first.empty())
            first = each.way;
    }
    return first;
}

void send_code(Turn& turn, CaseAtHand& at_hand, std::string const& way) {
    auto const* call = turn.app.calls.of_case(at_hand.item.case_id);
    if (call == nullptr)
        return;
    at_hand.step = CaseStep::SendCode;
    at_hand.asked_way = way;
    at_hand.doing.begin(turn.ask(SendCode{{at_hand.item.case_id, way, call->call.id}}));
}

/// The call in which the code of this case is keyed, while it is on the line.
CallAtHand const* keyed_call(App const& app, CaseAtHand const& at_hand) {
    auto const* call = app.calls.of_case(at_hand.item.case_id);
    return call != nullptr && call->at_telephone() ? call : nullptr;
}

void stop_keying(Turn& turn, CaseAtHand const& at_hand) {
    auto const* call = keyed_call(turn.app, at_hand);
    if (call != nullptr && call->call.state == PhoneCall::State::Keying)
        turn.ask(WorkTelephone{Telephoning::StopKeying, call->call.id, {}});
}

CaseAtHand* with_code(App const& app) {
    auto const* cases = app.cases();
    auto* at_hand = cases == nullptr ? nullptr : cases->at_hand.get();
    return at_hand != nullptr && at_hand->code_waits() && at_hand->code.until != MonoTime{} ? at_hand
                                                                                            : nullptr;
}

} // namespace

std::vector<api::VerifyWay> VerifyDialog::offered() const {
    if (ways.value)
        return ways.value->ways;
    if (ways.failure)
        return {api::VerifyWay{"own_session", "", ""}};
    return {};
}

void open_verify(Turn& turn, Cases& cases) {
    open_to_read(turn, cases, VerifyDialog{}, &VerifyDialog::ways, FetchWays{cases.at_hand->item.case_id});
}

void on_ways_read(Turn& turn, RequestNumber request, WaysRead& event) {
    auto* cases = take_case_read(turn, event);
    if (cases == nullptr)
        return;
    auto* dialog = verify_dialog(*cases);
    if (dialog == nullptr || !dialog->ways.take(request, event.result))
        return;
    dialog->way = suggested_way(dialog->offered(), turn.app, *cases->at_hand);
    if (!dialog->ways.failure)
        return;
    auto const failure = *dialog->ways.failure;
    if (handled_as_session(turn, failure))
        return;
    if (failure.reason == "break_glass_needed")
        read_member_again(turn, *cases->at_hand);
    if (is_elsewhere(failure))
        fetch_cases(turn);
}

void verify_by(Turn& turn, Cases& cases, VerifyDialog const& dialog) {
    auto const ways = dialog.offered();
    auto const way = std::find_if(ways.begin(), ways.end(),
                                  [&](api::VerifyWay const& each) { return each.way == dialog.way; });
    if (way == ways.end() || !can_do(turn.app, Act::VerifyCaller) ||
        !can_be_asked(*way, turn.app, *cases.at_hand))
        return;
    auto const word = way->way;
    cases.dialog = NoDialog{};
    if (word == "own_session")
        return verify(turn, cases);
    // The one before counts for nothing from now on.
    stop_keying(turn, *cases.at_hand);
    if (word == "call_back")
        return call_back(turn, *cases.at_hand);
    send_code(turn, *cases.at_hand, word);
}

void on_code_sent(Turn& turn, RequestNumber request, CodeSent& event) {
    if (event.result.has_value() && event.result.value().case_id != event.case_id)
        event.result = error(ErrorKind::Unavailable, "reply_unreadable");
    Error const* const failure = event.result.has_error() ? &event.result.error() : nullptr;
    auto* at_hand = take_case_reply(turn, request, event.case_id, failure);
    if (failure == nullptr) {
        auto const& sent = event.result.value();
        if (at_hand != nullptr) {
            at_hand->item.code = "waiting";
            at_hand->item.code_way = at_hand->asked_way;
            at_hand->item.code_tries_left = sent.tries_left;
            at_hand->code.to = sent.to;
            at_hand->code.call = event.call;
            at_hand->code.until = turn.now.mono + std::chrono::seconds(sent.expires_in_s);
            at_hand->code.seconds_left = sent.expires_in_s;
            // The caller has nothing to key before it is sent.
            if (keyed_call(turn.app, *at_hand) != nullptr)
                turn.ask(WorkTelephone{Telephoning::StartKeying, event.call, {}});
        }
        return fetch_cases(turn);
    }
    look_after_refusal(turn, at_hand, *failure);
}

void follow_code(Turn& turn, CaseAtHand& at_hand, api::CaseItem const& before) {
    bool const same = at_hand.item.code == before.code && before.level == at_hand.item.level;
    // What kept a code from being sent has passed.
    bool const of_code = at_hand.step == CaseStep::SendCode || at_hand.step == CaseStep::CallBack;
    if (at_hand.item.code != before.code && of_code && !at_hand.doing.waiting())
        at_hand.doing.failure.reset();
    if (at_hand.code_waits() || same)
        return;
    stop_keying(turn, at_hand);
    at_hand.code = {};
}

void key_code(Turn& turn, CaseAtHand const& at_hand) {
    auto const* call = keyed_call(turn.app, at_hand);
    if (call == nullptr)
        return;
    bool const keys = call->call.state == PhoneCall::State::Keying;
    turn.ask(WorkTelephone{keys ? Telephoning::StopKeying : Telephoning::StartKeying, call->call.id, {}});
}

void count_down_code(Turn& turn) {
    auto* at_hand = with_code(turn.app);
    if (at_hand == nullptr)
        return;
    auto const now = turn.now.mono;
    at_hand->code.seconds_left = seconds_until(at_hand->code.until, now);
    if (at_hand->code.until > now)
        return;
    stop_keying(turn, *at_hand);
    at_hand->code = {};
    // The list says if it was keyed right in the last moment.
    at_hand->item.code = "expired";
    fetch_cases(turn);
}

std::optional<MonoTime> next_code_count(App const& app) {
    auto const* at_hand = with_code(app);
    if (at_hand == nullptr)
        return std::nullopt;
    return at_hand->code.until - std::chrono::seconds(std::max(0, at_hand->code.seconds_left - 1));
}

} // namespace portico::agent
