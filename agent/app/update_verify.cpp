#include "agent/app/turn.h"

namespace portico::agent {

namespace {

/// The case at hand, when it has a number to read out.
CaseAtHand* with_number(App const& app) {
    auto const* cases = app.cases();
    return cases != nullptr && cases->at_hand && !cases->at_hand->number.digits.empty() ? cases->at_hand.get()
                                                                                        : nullptr;
}

void show_number(CaseAtHand& at_hand, api::CallCheckAsked const& reply, MonoTime now) {
    at_hand.number.digits = reply.number;
    at_hand.number.until = now + std::chrono::seconds(reply.expires_in_s);
    at_hand.number.seconds_left = seconds_until(at_hand.number.until, now);
}

} // namespace

void verify(Turn& turn, Cases& cases) {
    auto& at_hand = *cases.at_hand;
    // Whatever comes of it, the number before may count for nothing from now on.
    drop_number(turn);
    at_hand.step = CaseStep::Verify;
    at_hand.doing.begin(turn.ask(Verify{{at_hand.item.case_id, "own_session"}}));
}

void on_caller_asked(Turn& turn, RequestNumber request, CallerAsked& event) {
    if (event.result.has_value() && event.result.value().case_id != event.case_id) {
        wipe(event.result.value().number);
        event.result = error(ErrorKind::Unavailable, "reply_unreadable");
    }
    Error const* const failure = event.result.has_error() ? &event.result.error() : nullptr;
    auto* at_hand = take_case_reply(turn, request, event.case_id, failure);
    if (failure == nullptr) {
        auto& reply = event.result.value();
        if (at_hand != nullptr) {
            at_hand->item.check = "waiting";
            // Nobody is there to read it out: who comes back asks again.
            if (turn.on_top<Locked>() == nullptr)
                show_number(*at_hand, reply, turn.now.mono);
        }
        wipe(reply.number);
        return fetch_cases(turn);
    }
    look_after_refusal(turn, at_hand, *failure);
}

void follow_check(Turn& turn, Cases& cases, api::CaseItem const& before) {
    auto& at_hand = *cases.at_hand;
    if (at_hand.proven() || at_hand.item.check != "waiting")
        drop_number(turn);
    // What kept the one before from being asked has passed.
    if (at_hand.item.check != before.check && at_hand.step == CaseStep::Verify && !at_hand.doing.waiting())
        at_hand.doing.failure.reset();
    bool const same = before.level == "verified" && before.verified_way == at_hand.item.verified_way;
    if (!at_hand.verified() || same)
        return;
    auto const& way = at_hand.item.verified_way;
    cases.said = {way == "own_session" ? "verify.confirmed"_msg
                  : way == "call_back" ? "call_back.right"_msg
                                       : "code.right"_msg,
                  true};
    // An account may have been locked since it was read.
    read_member_again(turn, at_hand);
}

void drop_number(Turn& turn) {
    auto* at_hand = with_number(turn.app);
    if (at_hand == nullptr)
        return;
    at_hand->number.wipe();
    turn.forget_drawn();
}

void count_down_number(Turn& turn) {
    auto* at_hand = with_number(turn.app);
    if (at_hand == nullptr)
        return;
    auto const now = turn.now.mono;
    at_hand->number.seconds_left = seconds_until(at_hand->number.until, now);
    if (at_hand->number.until > now)
        return;
    drop_number(turn);
    // The list says if it was answered in the last moment.
    at_hand->item.check = "expired";
    fetch_cases(turn);
}

std::optional<MonoTime> next_count(App const& app) {
    auto const* at_hand = with_number(app);
    if (at_hand == nullptr)
        return std::nullopt;
    auto const& number = at_hand->number;
    return number.until - std::chrono::seconds(std::max(0, number.seconds_left - 1));
}

} // namespace portico::agent
