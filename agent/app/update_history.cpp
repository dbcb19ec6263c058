#include "agent/app/turn.h"

#include "shared/domain/plain_text.h"

namespace portico::agent {

namespace {

CaseAtHand* with_history(Turn& turn, std::string const& case_id) {
    auto* cases = turn.app.cases();
    if (cases == nullptr || !cases->at_hand || cases->at_hand->item.case_id != case_id)
        return nullptr; // the rep is with another caller by now
    return cases->at_hand->history ? cases->at_hand.get() : nullptr;
}

void ask_notes(Turn& turn, CaseAtHand& at_hand) {
    at_hand.history->notes.begin(turn.ask(FetchNotes{at_hand.item.case_id}));
}

void ask_requests(Turn& turn, CaseAtHand& at_hand) {
    at_hand.history->requests.begin(turn.ask(FetchRequests{at_hand.item.case_id}));
}

void ask_earlier(Turn& turn, CaseAtHand& at_hand) {
    at_hand.history->earlier.begin(turn.ask(FetchEarlierCases{at_hand.item.case_id}));
}

template <class T>
void take(Turn& turn, RequestNumber request, std::string const& case_id, Load<T> HistoryAtHand::*load,
          Result<T>& result) {
    auto* at_hand = with_history(turn, case_id);
    if (at_hand == nullptr)
        return;
    if constexpr (requires(T value) { value.case_id; })
        if (result.has_value() && result.value().case_id != case_id)
            result = error(ErrorKind::Unavailable, "reply_unreadable"); // of another case than was asked
    auto& part = (*at_hand->history).*load;
    if (!part.take(request, result) || !part.failure)
        return;
    auto const failure = *part.failure;
    look_after_refusal(turn, at_hand, failure);
    if (failure.reason == "verification_needed")
        fetch_cases(turn);
}

/// Its case was put aside while central had it: what was added is not there to be added once more.
void settle_note(Turn& turn, RequestNumber request, NoteAdded const& event) {
    auto* cases = turn.app.cases();
    auto const settle = [&](std::unique_ptr<CaseAtHand> const& each) {
        if (!each || request == 0 || each->noting.sent != request)
            return;
        each->noting.sent = 0;
        if (event.result.has_error()) {
            each->noting.id = event.note;
            return;
        }
        wipe(each->noting.text);
        each->noting.id.clear();
    };
    if (cases == nullptr)
        return;
    settle(cases->at_hand);
    std::for_each(cases->beside.begin(), cases->beside.end(), settle);
}

} // namespace

void show_history(Turn& turn, Cases& cases) {
    auto& at_hand = *cases.at_hand;
    if (at_hand.history)
        return drop_history(turn);
    drop_claims(turn);
    at_hand.history = std::make_unique<HistoryAtHand>();
    ask_notes(turn, at_hand);
    if (!at_hand.verified())
        return;
    ask_requests(turn, at_hand);
    ask_earlier(turn, at_hand);
}

void drop_history(Turn& turn) {
    auto* cases = turn.app.cases();
    if (cases == nullptr || !cases->at_hand || !cases->at_hand->history)
        return;
    cases->at_hand->history.reset();
    turn.forget_drawn();
}

void follow_history(Turn& turn, CaseAtHand& at_hand) {
    if (!at_hand.history)
        return;
    auto& history = *at_hand.history;
    if (is_to_ask_again(history.notes))
        ask_notes(turn, at_hand);
    if (!at_hand.verified()) {
        // Without a proof there is no more than one's own words.
        if (history.requests.value || history.earlier.value)
            turn.forget_drawn();
        renew(history.requests);
        renew(history.earlier);
        return;
    }
    bool const unread = !history.requests.value && !history.requests.failure && !history.requests.waiting();
    if (unread || is_to_ask_again(history.requests))
        ask_requests(turn, at_hand);
    bool const unread_earlier =
        !history.earlier.value && !history.earlier.failure && !history.earlier.waiting();
    if (unread_earlier || is_to_ask_again(history.earlier))
        ask_earlier(turn, at_hand);
}

void read_requests_again(Turn& turn, CaseAtHand& at_hand) {
    if (at_hand.history && at_hand.verified())
        ask_requests(turn, at_hand);
}

void on_notes_read(Turn& turn, RequestNumber request, NotesRead& event) {
    take(turn, request, event.case_id, &HistoryAtHand::notes, event.result);
}

void on_earlier_read(Turn& turn, RequestNumber request, EarlierCasesRead& event) {
    take(turn, request, event.case_id, &HistoryAtHand::earlier, event.result);
}

void on_requests_read(Turn& turn, RequestNumber request, RequestsRead& event) {
    take(turn, request, event.case_id, &HistoryAtHand::requests, event.result);
}

void add_note(Turn& turn, Cases& cases) {
    auto& at_hand = *cases.at_hand;
    if (is_blank(at_hand.noting.text)) {
        at_hand.doing.failure = error(ErrorKind::InvalidInput, "note_empty");
        return;
    }
    at_hand.step = CaseStep::AddNote;
    at_hand.noting.sent = turn.ask(AddNote{{at_hand.item.case_id, at_hand.noting.id, at_hand.noting.text}});
    at_hand.doing.begin(at_hand.noting.sent);
}

void on_note_added(Turn& turn, RequestNumber request, NoteAdded& event) {
    Error const* const failure = event.result.has_error() ? &event.result.error() : nullptr;
    auto* at_hand = take_case_reply(turn, request, event.case_id, failure);
    if (at_hand == nullptr)
        return settle_note(turn, request, event);
    at_hand->noting.sent = 0;
    if (failure != nullptr) {
        // Central may have it, though its answer was lost: sent again under the same id it is added once.
        at_hand->noting.id = event.note;
        return look_after_refusal(turn, at_hand, *failure);
    }
    wipe(at_hand->noting.text);
    at_hand->noting.id.clear();
    auto& cases = *turn.app.cases();
    if (std::holds_alternative<NoteDialog>(cases.dialog))
        cases.dialog = NoDialog{};
    cases.said = {"note.added"_msg, true};
    if (at_hand->history)
        ask_notes(turn, *at_hand);
}

} // namespace portico::agent
