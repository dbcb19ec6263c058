#include "agent/app/turn.h"

namespace portico::agent {

void call_back(Turn& turn, CaseAtHand& at_hand) {
    at_hand.step = CaseStep::CallBack;
    at_hand.doing.begin(turn.ask(CallNumberOnFile{at_hand.item.case_id}));
}

void on_ticket_made(Turn& turn, RequestNumber request, TicketMade& event) {
    if (event.result.has_value() && event.result.value().case_id != event.case_id)
        event.result = error(ErrorKind::Unavailable, "reply_unreadable");
    Error const* const failure = event.result.has_error() ? &event.result.error() : nullptr;
    auto* at_hand = take_case_reply(turn, request, event.case_id, failure);
    if (failure == nullptr) {
        auto const& ticket = event.result.value();
        // Who is with another caller by now rings nobody.
        if (at_hand != nullptr) {
            at_hand->item.code = "waiting";
            at_hand->item.code_way = "call_back";
            at_hand->item.code_tries_left = 0;
            at_hand->code = {};
            at_hand->code.to = ticket.to;
            expect_dialled(turn, ticket.ticket, event.case_id);
            turn.ask(WorkTelephone{WorkTelephone::Do::Dial, {}, ticket.ticket});
        }
        return fetch_cases(turn);
    }
    if (at_hand == nullptr || handled_as_session(turn, *failure))
        return;
    if (failure->reason == "break_glass_needed")
        read_member_again(turn, *at_hand);
    if (failure->reason == "verified_already" || is_elsewhere(*failure))
        fetch_cases(turn);
}

void follow_dialled(Turn& turn, PhoneCall const& before, PhoneCall const& now) {
    if (now.dialled() && (now.state != before.state || now.entry != before.entry))
        fetch_cases(turn);
}

} // namespace portico::agent
