#include "agent/app/turn.h"

namespace portico::agent {

namespace {

RecoveryDialog* recovery_dialog(Cases& cases) {
    return std::get_if<RecoveryDialog>(&cases.dialog);
}

/// What it takes is no longer so: what is, the case and its record say.
void look_again_at_recovery(Turn& turn, CaseAtHand& at_hand, Error const& failure) {
    if (handled_as_session(turn, failure))
        return;
    if (failure.reason == "break_glass_needed" || failure.reason == "account_missing" ||
        failure.reason == "account_disabled")
        read_member_again(turn, at_hand);
    if (failure.reason == "verification_needed" || failure.reason == "recovery_not_open" ||
        is_elsewhere(failure))
        fetch_cases(turn);
}

} // namespace

void open_recovery(Turn& turn, Cases& cases) {
    open_to_read(turn, cases, RecoveryDialog{}, &RecoveryDialog::state,
                 FetchRecovery{cases.at_hand->item.case_id});
}

void on_recovery_read(Turn& turn, RequestNumber request, RecoveryRead& event) {
    auto* cases = take_case_read(turn, event);
    if (cases == nullptr)
        return;
    auto* dialog = recovery_dialog(*cases);
    if (dialog == nullptr || !dialog->state.take(request, event.result) || !dialog->state.failure)
        return;
    auto const failure = *dialog->state.failure;
    look_again_at_recovery(turn, *cases->at_hand, failure);
}

void recover_account(Turn& turn, Cases& cases, RecoveryDialog const& dialog) {
    if (!dialog.state.value || !can_do(turn.app, Act::RecoverAccount))
        return;
    auto& at_hand = *cases.at_hand;
    at_hand.step = CaseStep::Recover;
    if (dialog.is_open())
        return at_hand.doing.begin(turn.ask(WithdrawRecovery{{at_hand.item.case_id}}));
    if (!dialog.lost || !dialog.reason || *dialog.lost >= dialog.state.value->can_lose.size())
        return;
    at_hand.doing.begin(
        turn.ask(StartRecovery{{at_hand.item.case_id, dialog.state.value->can_lose[*dialog.lost],
                                recovery_reasons().at(*dialog.reason)}}));
}

void on_recovery_started(Turn& turn, RequestNumber request, RecoveryStarted& event) {
    if (event.result.has_value() && event.result.value().case_id != event.case_id)
        event.result = error(ErrorKind::Unavailable, "reply_unreadable");
    Error const* const failure = event.result.has_error() ? &event.result.error() : nullptr;
    auto* at_hand = take_case_reply(turn, request, event.case_id, failure);
    if (at_hand == nullptr)
        return;
    if (failure != nullptr)
        return look_again_at_recovery(turn, *at_hand, *failure);
    at_hand->item.recovery = event.result.value().state;
    // What goes where is worth a look: the rep tells the caller.
    if (auto* dialog = recovery_dialog(*turn.app.cases()))
        dialog->state.value = std::move(event.result.value());
    fetch_cases(turn);
}

void on_recovery_withdrawn(Turn& turn, RequestNumber request, RecoveryWithdrawn& event) {
    Error const* const failure = event.result.has_error() ? &event.result.error() : nullptr;
    auto* at_hand = take_case_reply(turn, request, event.case_id, failure);
    if (at_hand == nullptr)
        return;
    if (failure != nullptr)
        return look_again_at_recovery(turn, *at_hand, *failure);
    auto& cases = *turn.app.cases();
    if (recovery_dialog(cases) != nullptr)
        cases.dialog = NoDialog{};
    cases.said = {"recover.withdrawn"_msg, true};
    fetch_cases(turn);
}

void follow_recovery(Turn& turn, Cases& cases, api::CaseItem const& before) {
    auto& at_hand = *cases.at_hand;
    auto* dialog = recovery_dialog(cases);
    if (at_hand.item.recovery == before.recovery) {
        // How it stands is asked for once more where central was not reached.
        if (dialog != nullptr && is_to_ask_again(dialog->state))
            dialog->state.begin(turn.ask(FetchRecovery{at_hand.item.case_id}));
        return;
    }
    if (dialog != nullptr && !at_hand.doing.waiting())
        dialog->state.begin(turn.ask(FetchRecovery{at_hand.item.case_id}));
    if (at_hand.item.recovery == "finished")
        read_member_again(turn, at_hand);
}

} // namespace portico::agent
