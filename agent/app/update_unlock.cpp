#include "agent/app/turn.h"

namespace portico::agent {

namespace {

UnlockDialog* unlock_dialog(Cases& cases) {
    return std::get_if<UnlockDialog>(&cases.dialog);
}

void close_unlock(Cases& cases) {
    if (unlock_dialog(cases) != nullptr)
        cases.dialog = NoDialog{};
}

void is_unlocked(Turn& turn, Cases& cases) {
    cases.said = {"unlock.done"_msg, true};
    read_member_again(turn, *cases.at_hand);
}

/// What locked it is asked for once more where central was not reached.
void ensure_lock(Turn& turn, Cases& cases) {
    auto* dialog = unlock_dialog(cases);
    if (dialog != nullptr && dialog->lock.failure && may_have_passed(*dialog->lock.failure))
        dialog->lock.begin(turn.ask(FetchLock{cases.at_hand->item.case_id}));
}

/// What it takes is no longer so: what is, the case and its record say.
void look_again_at_lock(Turn& turn, CaseAtHand& at_hand, Error const& failure) {
    if (failure.reason == "not_locked" || failure.reason == "break_glass_needed" ||
        failure.reason == "account_missing" || failure.reason == "account_disabled")
        read_member_again(turn, at_hand);
    if (failure.reason == "verification_needed" || is_elsewhere(failure))
        fetch_cases(turn);
}

} // namespace

void open_unlock(Turn& turn, Cases& cases) {
    open_to_read(turn, cases, UnlockDialog{}, &UnlockDialog::lock, FetchLock{cases.at_hand->item.case_id});
}

void on_lock_read(Turn& turn, RequestNumber request, LockRead& event) {
    auto* cases = take_case_read(turn, event);
    if (cases == nullptr)
        return;
    auto* dialog = unlock_dialog(*cases);
    if (dialog == nullptr || !dialog->lock.take(request, event.result))
        return;
    if (!dialog->lock.failure) {
        if (dialog->lock.value->account != cases->at_hand->member.value->account)
            read_member_again(turn, *cases->at_hand);
        return;
    }
    auto const failure = *dialog->lock.failure;
    if (!handled_as_session(turn, failure))
        look_again_at_lock(turn, *cases->at_hand, failure);
}

void unlock_account(Turn& turn, Cases& cases, UnlockDialog const& dialog) {
    if (!dialog.lock.value || !dialog.reason || !can_do(turn.app, Act::UnlockAccount))
        return;
    auto& at_hand = *cases.at_hand;
    at_hand.step = CaseStep::Unlock;
    at_hand.doing.begin(turn.ask(UnlockAccount{{at_hand.item.case_id, unlock_reasons().at(*dialog.reason)}}));
}

void on_account_unlocked(Turn& turn, RequestNumber request, AccountUnlocked& event) {
    if (event.result.has_value() && event.result.value().case_id != event.case_id)
        event.result = error(ErrorKind::Unavailable, "reply_unreadable");
    Error const* const failure = event.result.has_error() ? &event.result.error() : nullptr;
    auto* at_hand = take_case_reply(turn, request, event.case_id, failure);
    if (at_hand == nullptr)
        return;
    if (failure != nullptr) {
        if (!handled_as_session(turn, *failure))
            look_again_at_lock(turn, *at_hand, *failure);
        return;
    }
    auto& cases = *turn.app.cases();
    close_unlock(cases);
    auto const& reply = event.result.value();
    at_hand->item.unlock = reply.state;
    at_hand->unlock_until = reply.expires;
    if (reply.state == "unlocked")
        is_unlocked(turn, cases);
    fetch_cases(turn);
}

void follow_unlock(Turn& turn, Cases& cases, api::CaseItem const& before) {
    auto& at_hand = *cases.at_hand;
    if (at_hand.item.unlock != "waiting")
        at_hand.unlock_until.clear();
    if (at_hand.item.unlock == before.unlock)
        return ensure_lock(turn, cases);
    close_unlock(cases); // its answer was lost on the way: it did what it was opened for
    if (at_hand.item.unlock == "unlocked")
        is_unlocked(turn, cases);
}

} // namespace portico::agent
