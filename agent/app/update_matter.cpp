#include "agent/app/turn.h"

#include "shared/base/rfc3339.h"

namespace portico::agent {

void open_work_case(Turn& turn, Work& work) {
    auto const* item = work.item();
    if (item == nullptr)
        return;
    work.doing_what = Act::OpenWorkCase;
    work.doing_kind = item->kind;
    work.doing.begin(turn.ask(OpenWorkCase{item->entry}));
}

void on_work_case(Turn& turn, RequestNumber request, WorkCaseGot& event) {
    auto* work = turn.app.work();
    Error const* const failure = event.result.has_error() ? &event.result.error() : nullptr;
    if (work == nullptr || !work->doing.take(request, failure))
        return;
    if (failure != nullptr) {
        if (!handled_as_session(turn, *failure))
            fetch_work(turn);
        return;
    }
    // Who went on to the cases, or is in the middle of something else, keeps what they see: it is in the
    // list.
    bool const waits_for_it =
        turn.on_top<Work>() != nullptr && std::holds_alternative<NoDialog>(work->dialog);
    if (!waits_for_it)
        return fetch_cases(turn);
    show_cases(turn);
    auto* cases = turn.on_top<Cases>();
    if (cases == nullptr)
        return;
    auto const& opened = event.result.value();
    if (!cases->at_hand || cases->at_hand->item.case_id != opened.case_id) {
        // Of the case before: an end that was offered while the rep looked at the queue must not be this
        // one's.
        cases->dialog = NoDialog{};
        api::CaseItem item{opened.case_id, opened.reason, opened.channel, to_rfc3339(turn.now.utc),
                           "identified"};
        item.entry = event.entry;
        take_at_hand(turn, *cases, std::move(item));
    }
    ensure_member(turn, *cases->at_hand);
    ensure_matter(turn, *cases->at_hand);
}

void ensure_matter(Turn& turn, CaseAtHand& at_hand) {
    auto& matter = at_hand.matter;
    if (at_hand.item.entry.empty() || at_hand.needs_glass() || matter.waiting() || matter.value)
        return;
    if (!matter.failure || may_have_passed(*matter.failure) || matter.failure->reason == "break_glass_needed")
        matter.begin(turn.ask(FetchMatter{at_hand.item.case_id}));
}

void on_matter_read(Turn& turn, RequestNumber request, MatterRead& event) {
    auto* cases = take_case_read(turn, event);
    if (cases == nullptr)
        return;
    auto& matter = cases->at_hand->matter;
    if (!matter.take(request, event.result) || !matter.failure)
        return;
    auto const failure = *matter.failure;
    handled_as_session(turn, failure);
}

void read_matter_eob(Turn& turn, Cases& cases) {
    auto& at_hand = *cases.at_hand;
    drop_history(turn);
    at_hand.claims = std::make_unique<ClaimsAtHand>();
    at_hand.claims->of_matter = true;
    at_hand.claims->opened = at_hand.matter.value->eob;
    auto const& eob = at_hand.claims->opened;
    at_hand.claims->eob.begin(turn.ask(FetchMatterEob{at_hand.item.case_id, eob}));
}

} // namespace portico::agent
