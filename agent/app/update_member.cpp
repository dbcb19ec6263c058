#include "agent/app/turn.h"

#include "shared/domain/plain_text.h"

namespace portico::agent {

namespace {

void show_in_full(CaseAtHand& at_hand, api::RevealedField& reply, MonoTime now) {
    auto& all = at_hand.revealed;
    all.erase(std::remove_if(all.begin(), all.end(),
                             [&](Revealed const& each) { return each.field == reply.field; }),
              all.end());
    Revealed shown;
    shown.field = reply.field;
    shown.value = reply.value;
    shown.until = now + reveal_s;
    all.push_back(std::move(shown));
    wipe(reply.value);
}

} // namespace

bool may_have_passed(Error const& failure) {
    return failure.kind == ErrorKind::Unavailable || failure.kind == ErrorKind::TimedOut;
}

void ensure_member(Turn& turn, CaseAtHand& at_hand) {
    auto& member = at_hand.member;
    if (!at_hand.identified() || member.waiting() || (member.value && !member.failure))
        return;
    if (!member.failure || may_have_passed(*member.failure))
        member.begin(turn.ask(FetchMember{at_hand.item.case_id}));
}

void read_member_again(Turn& turn, CaseAtHand& at_hand) {
    at_hand.member.begin(turn.ask(FetchMember{at_hand.item.case_id}));
}

void on_member_read(Turn& turn, RequestNumber request, MemberRead& event) {
    auto* cases = take_case_read(turn, event);
    if (cases == nullptr)
        return;
    auto& member = cases->at_hand->member;
    if (!member.take(request, event.result))
        return;
    if (!member.failure)
        return ensure_matter(turn, *cases->at_hand); // it may have waited for the glass
    auto const failure = *member.failure;
    if (failure.reason == "break_glass_needed") {
        renew(member.value); // what was read of it before counts no more
        drop_claims(turn);
        drop_history(turn);
    }
    if (!handled_as_session(turn, failure) && failure.kind == ErrorKind::NotFound)
        fetch_cases(turn);
}

void reveal(Turn& turn, Cases& cases, RevealDialog const& dialog) {
    if (!cases.at_hand || !dialog.reason)
        return;
    auto& at_hand = *cases.at_hand;
    at_hand.step = CaseStep::Reveal;
    at_hand.doing.begin(turn.ask(
        Reveal{{at_hand.item.case_id, case_fields().at(dialog.field), reveal_reasons().at(*dialog.reason)}}));
}

void on_field_revealed(Turn& turn, RequestNumber request, FieldRevealed& event) {
    Error const* const failure = event.result.has_error() ? &event.result.error() : nullptr;
    auto* at_hand = take_case_reply(turn, request, event.case_id, failure);
    if (at_hand == nullptr)
        return;
    if (failure != nullptr) {
        if (!handled_as_session(turn, *failure) && failure->kind == ErrorKind::NotFound)
            fetch_cases(turn);
        return;
    }
    auto& cases = *turn.app.cases();
    if (std::holds_alternative<RevealDialog>(cases.dialog))
        cases.dialog = NoDialog{};
    // Nobody is there to read it: who comes back asks again.
    if (turn.on_top<Cases>() != nullptr) {
        if (auto* ask = std::get_if<AskDialog>(&cases.dialog))
            take_old_contact(*at_hand, *ask, event.result.value());
        show_in_full(*at_hand, event.result.value(), turn.now.mono);
    }
    wipe(event.result.value().value);
}

void break_glass(Turn& turn, Cases& cases) {
    if (!cases.at_hand || character_count(cases.at_hand->glass_reason) < glass_reason_length_min)
        return;
    auto& at_hand = *cases.at_hand;
    at_hand.step = CaseStep::BreakGlass;
    at_hand.doing.begin(turn.ask(BreakGlass{{at_hand.item.case_id, at_hand.glass_reason}}));
}

void on_glass_broken(Turn& turn, RequestNumber request, GlassBroken& event) {
    Error const* const failure = event.result.has_error() ? &event.result.error() : nullptr;
    auto* at_hand = take_case_reply(turn, request, event.case_id, failure);
    if (at_hand == nullptr)
        return;
    // Not needed is as good: the record is open to this case.
    bool const open = failure == nullptr || failure->reason == "glass_not_needed";
    if (!open) {
        if (!handled_as_session(turn, *failure) && failure->kind == ErrorKind::NotFound)
            fetch_cases(turn);
        return;
    }
    auto& cases = *turn.app.cases();
    if (std::holds_alternative<GlassDialog>(cases.dialog))
        cases.dialog = NoDialog{};
    at_hand->doing.failure.reset();
    wipe(at_hand->glass_reason);
    at_hand->member.failure.reset();
    ensure_member(turn, *at_hand);
}

void hide_revealed(Turn& turn, bool all) {
    if (all)
        drop_old_contact(turn);
    auto* cases = turn.app.cases();
    if (cases == nullptr || !cases->at_hand || cases->at_hand->revealed.empty())
        return;
    auto& shown = cases->at_hand->revealed;
    auto const before = shown.size();
    shown.erase(std::remove_if(shown.begin(), shown.end(),
                               [&](Revealed const& each) { return all || each.until <= turn.now.mono; }),
                shown.end());
    if (shown.size() != before)
        turn.forget_drawn();
}

std::optional<MonoTime> next_hiding(App const& app) {
    std::optional<MonoTime> next;
    if (auto const* cases = app.cases(); cases != nullptr && cases->at_hand)
        for (auto const& each : cases->at_hand->revealed)
            next = next ? std::min(*next, each.until) : each.until;
    return next;
}

} // namespace portico::agent
