#pragma once

#include "agent/app/acts.h"
#include "agent/app/limits.h"

namespace portico::agent {

template <class... F>
struct Match : F... {
    using F::operator()...;
};
template <class... F>
Match(F...) -> Match<F...>;

/// One call of `update`: the state, the time, and the commands so far.
class Turn {
public:
    Turn(App& the_app, Now the_time) : app(the_app), now(the_time) {}

    App& app;
    Now now;
    std::vector<Command> commands;

    /// Queues a command; its number comes back with the reply.
    RequestNumber ask(CommandBody body);
    template <class S>
    S* on_top() {
        return std::get_if<S>(&app.screen);
    }

    /// The session is over: nothing of it stays, on the screen or beneath, and the screen says why.
    void end_session(EndReason reason);
    /// The plan took this desk out of service.
    void withdraw();
    /// Covers the work and keeps it.
    void lock(bool by_itself);
    /// Shows what is beneath.
    void uncover();
    /// What was drawn until now must not be found in memory.
    void forget_drawn() { ask(ForgetDrawn{}); }

private:
    void clear_session();
};

// In update_session.cpp.
/// Whole seconds, the one that has begun too; none when it is over.
int seconds_until(MonoTime end, MonoTime now);
void on_signed_in(Turn& turn, RequestNumber request, SignedIn& event);
void on_unlocked(Turn& turn, RequestNumber request, Unlocked& event);
void on_touch_wanted(Turn& turn, RequestNumber request);
void on_key_changed(Turn& turn, SecurityKeyState const& before);
void on_me(Turn& turn, MeRead& event);
void on_online(Turn& turn, client::Online online);
void on_central_told(Turn& turn, CentralTold const& told);
void on_tick(Turn& turn);
void proceed_with_key(Turn& turn);
void cancel_key(Turn& turn);
/// A session that central no longer knows, or that may less than before: true when it was that.
bool handled_as_session(Turn& turn, Error const& failure);

// In update_work.cpp.
void fetch_work(Turn& turn);
/// Central has told of a change: asked for after `spread`, once for all that is told until then.
void look_at_work(Turn& turn, std::chrono::milliseconds spread);
void on_work_read(Turn& turn, RequestNumber request, WorkRead& event);
void on_work_done(Turn& turn, RequestNumber request, WorkDone& event);
void do_with_work(Turn& turn, Act act);
void proceed_with_dialog(Turn& turn);
void pick(Turn& turn, std::string const& entry);
void on_asked_unlock_read(Turn& turn, RequestNumber request, AskedUnlockRead& event);

// In update_cases.cpp: the screen, its list, and what opens and leaves a case.
void show_cases(Turn& turn);
void show_work(Turn& turn);
/// Asks for the list, wherever it stands: shown, aside or under a lock.
void fetch_cases(Turn& turn);
void on_cases_read(Turn& turn, RequestNumber request, CasesRead& event);
void on_case_opened(Turn& turn, RequestNumber request, CaseOpened& event);
void on_more_allowed(Turn& turn, RequestNumber request, MoreAllowed& event);
void do_with_cases(Turn& turn, Act act);
void pick_case(Turn& turn, std::string const& case_id);
/// Nothing of the case at hand stays here; at central it is as it was.
void leave_case(Turn& turn, Cases& cases);
/// This one is at hand from now on, as it was left where it was.
void take_at_hand(Turn& turn, Cases& cases, api::CaseItem item);
/// Who may open none any more sees none.
void drop_cases(Turn& turn);

// In update_caller.cpp: the case at hand.
void typed_in_case(Turn& turn, Typed& typed);
void choose_in_case(Turn& turn, ChooseInCase const& chosen);
/// Enter in a field, or a dialog's primary button.
void proceed_with_case(Turn& turn);
void identify(Turn& turn, Cases& cases);
void on_identified(Turn& turn, RequestNumber request, CallerIdentified& event);
void on_reason_changed(Turn& turn, RequestNumber request, ReasonChanged& event);
void on_case_closed(Turn& turn, RequestNumber request, CaseClosed& event);
/// What the reply is about, when that is still at hand and waits for it; nothing when it is to be dropped.
CaseAtHand* take_case_reply(Turn& turn, RequestNumber request, std::string const& case_id,
                            Error const* failure);
/// What was asked for in vain is asked for again with the list, and that soon where central can be reached:
/// the rep has nothing to press for it.
void look_again_soon(Turn& turn, Cases& cases, Error const& failure);
/// The cases, when what was read is of the one at hand still; nothing when the rep is with another by now. A
/// reply about another case than was asked for is one that cannot be read.
template <class Read>
Cases* take_case_read(Turn& turn, Read& read) {
    auto* cases = turn.app.cases();
    if (cases == nullptr || !cases->at_hand || cases->at_hand->item.case_id != read.case_id)
        return nullptr;
    if (read.result.has_value() && read.result.value().case_id != read.case_id)
        read.result = error(ErrorKind::Unavailable, "reply_unreadable");
    if (read.result.has_error())
        look_again_soon(turn, *cases, read.result.error());
    return cases;
}
/// Opens a dialog over the case at hand that shows what is asked of central by `command`; what went wrong
/// before it is not said in it.
template <class Dialog, class T>
void open_to_read(Turn& turn, Cases& cases, Dialog dialog, terminal::Load<T> Dialog::*read,
                  CommandBody command) {
    cases.at_hand->doing.failure.reset();
    (dialog.*read).begin(turn.ask(std::move(command)));
    cases.dialog = std::move(dialog);
}
/// What it was refused for is looked at: the session, the record, or the list, which says what is so.
/// `at_hand` as take_case_reply gave it; nothing is done without one.
void look_after_refusal(Turn& turn, CaseAtHand* at_hand, Error const& failure);
/// The case is not what it was here: what it is now, the list says.
bool is_elsewhere(Error const& failure);

// In update_member.cpp: what is read of the member of the case at hand.
/// A read that failed so may succeed now, without anything that the rep could do for it.
bool may_have_passed(Error const& failure);
/// What was asked in vain may be there now, without anything that the rep could do for it.
template <class T>
bool is_to_ask_again(terminal::Load<T> const& load) {
    return load.failure && !load.waiting() && may_have_passed(*load.failure);
}
/// Asks for the masked record where the case has one and it is not here yet.
void ensure_member(Turn& turn, CaseAtHand& at_hand);
void on_member_read(Turn& turn, RequestNumber request, MemberRead& event);
void on_field_revealed(Turn& turn, RequestNumber request, FieldRevealed& event);
void on_glass_broken(Turn& turn, RequestNumber request, GlassBroken& event);
void reveal(Turn& turn, Cases& cases, RevealDialog const& dialog);
void break_glass(Turn& turn, Cases& cases);
/// Hides again what was shown in full: all of it, or what has been for long enough.
void hide_revealed(Turn& turn, bool all);
/// Asks for it anew: the account is not what it was.
void read_member_again(Turn& turn, CaseAtHand& at_hand);
std::optional<MonoTime> next_hiding(App const& app);

// In update_claims.cpp: the member's claims, once the caller is verified.
/// Shows them; or, where they are shown, the record again.
void show_claims(Turn& turn, Cases& cases);
void older_claims(Turn& turn, Cases& cases);
void pick_claim(Turn& turn, std::string const& eob);
/// From an EOB to the claims, from these to the record.
void step_back_in_claims(Turn& turn, Cases& cases);
void on_claims_read(Turn& turn, RequestNumber request, ClaimsRead& event);
void on_eob_read(Turn& turn, RequestNumber request, EobRead& event);
void on_eob_review_read(Turn& turn, RequestNumber request, EobReviewRead& event);
/// Another view of the EOB, another pair of its versions, another language.
void look_at_eob(Cases& cases, Act act);
/// What the list says of the case now: without a proof there are no claims, and what did not come is asked
/// for again.
void follow_claims(Turn& turn, CaseAtHand& at_hand);
/// Nothing of them stays here.
void drop_claims(Turn& turn);

// In update_on_behalf.cpp: what is asked for the member. None of it needs central: it goes to the outbox.
/// Opens the dialog of one of them.
void ask_for_member(Turn& turn, Cases& cases, OnBehalf what);
void answer_finding(Turn& turn, FindingKind finding);
void withdraw_for_member(Turn& turn, std::string const& operation);
/// The dialog's primary button.
void proceed_for_member(Turn& turn, Cases& cases, AskDialog& dialog);
void choose_for_member(Cases& cases, AskDialog const& dialog, ChooseInCase const& chosen);
/// What the caller's detail was, as central has told for the dialog that waits for it.
void take_old_contact(CaseAtHand const& at_hand, AskDialog& dialog, api::RevealedField const& reply);
/// ... goes from the dialog; what is typed stays.
void drop_old_contact(Turn& turn);
void on_operation_kept(Turn& turn, RequestNumber request, OperationKept& event);
void on_outbox_changed(Turn& turn, client::OutboxCounts const& counts);
void on_outbox_read(Turn& turn, RequestNumber request, OutboxRead& event);
/// What was typed for one that was refused comes back into its dialog.
void correct(Turn& turn, std::string const& operation);
void has_seen(Turn& turn, std::string const& operation);

// In update_history.cpp: notes, earlier cases and requests.
void show_history(Turn& turn, Cases& cases);
void drop_history(Turn& turn);
/// What the list says of the case now; what did not come is asked for again.
void follow_history(Turn& turn, CaseAtHand& at_hand);
/// The requests have changed.
void read_requests_again(Turn& turn, CaseAtHand& at_hand);
void on_notes_read(Turn& turn, RequestNumber request, NotesRead& event);
void on_earlier_read(Turn& turn, RequestNumber request, EarlierCasesRead& event);
void on_requests_read(Turn& turn, RequestNumber request, RequestsRead& event);
void add_note(Turn& turn, Cases& cases);
void on_note_added(Turn& turn, RequestNumber request, NoteAdded& event);

// In update_verify.cpp: whether the caller is the member.
void verify(Turn& turn, Cases& cases);
void on_caller_asked(Turn& turn, RequestNumber request, CallerAsked& event);
/// What the list says of the question now; `before` is what it said last.
void follow_check(Turn& turn, Cases& cases, api::CaseItem const& before);
/// Nothing of the number stays.
void drop_number(Turn& turn);
/// The seconds that are left; the number goes when there are none.
void count_down_number(Turn& turn);
std::optional<MonoTime> next_count(App const& app);

// In update_speaker.cpp: who the caller says they are.
void open_speakers(Turn& turn, Cases& cases);
void on_speakers_read(Turn& turn, RequestNumber request, SpeakersRead& event);
/// Who may speak is asked for once more where central was not reached.
void ensure_speakers(Turn& turn, Cases& cases);
/// As who is chosen.
void speak_as(Turn& turn, Cases& cases, SpeakerDialog const& dialog);
void on_speaker_chosen(Turn& turn, RequestNumber request, SpeakerChosen& event);
/// Another speaks than before, or may no longer: nothing of what was shown stays.
void follow_speaker(Turn& turn, CaseAtHand& at_hand, api::CaseItem const& before);

// In update_code.cpp: whether the caller is the member, by a code or another way that is chosen.
void open_verify(Turn& turn, Cases& cases);
void on_ways_read(Turn& turn, RequestNumber request, WaysRead& event);
/// By the way that is chosen.
void verify_by(Turn& turn, Cases& cases, VerifyDialog const& dialog);
void on_code_sent(Turn& turn, RequestNumber request, CodeSent& event);
/// What the list says of the code now; `before` is what it said last.
void follow_code(Turn& turn, CaseAtHand& at_hand, api::CaseItem const& before);
/// The caller begins to key, or no longer does.
void key_code(Turn& turn, CaseAtHand const& at_hand);
void count_down_code(Turn& turn);
std::optional<MonoTime> next_code_count(App const& app);

// In update_call_back.cpp: whether the caller is the member, by calling the number on file.
void call_back(Turn& turn, CaseAtHand& at_hand);
void on_ticket_made(Turn& turn, RequestNumber request, TicketMade& event);
/// What central has heard of a call that was dialled stands in the list.
void follow_dialled(Turn& turn, PhoneCall const& before, PhoneCall const& now);

// In update_calls.cpp: calls at this desk.
void on_telephone(Turn& turn, TelephoneView& view);
void on_telephone_failed(Turn& turn, TelephoneFailed const& event);
/// From now on a call by this ticket is this case's.
void expect_dialled(Turn& turn, std::string const& ticket, std::string const& case_id);
/// The call of CallsAtHand::stray is this case's. False: there is none.
bool go_on_with_stray(Turn& turn, std::string const& case_id);
void on_handed_over(Turn& turn, CallHandedOver const& event);
void on_candidates(Turn& turn, RequestNumber request, CandidatesRead& event);
void do_with_call(Turn& turn, Act act);
void pick_call(Turn& turn, std::string const& id);
void transfer(Turn& turn, Cases& cases, TransferDialog& dialog);
/// What is still to be asked of central about calls: who might ring, and a case for who is talked to.
void attend_calls(Turn& turn);
/// The reply to a case that was opened for a call; false when it was opened for none.
bool take_case_of_call(Turn& turn, RequestNumber request, CaseOpened& event);
/// The case is closed, or no longer one's own.
void leave_call_of(Turn& turn, std::string const& case_id);
/// How a case is closed whose call has ended, unless the rep has said so.
void suggest_outcome(App const& app, CaseAtHand& at_hand);
/// Calls that nobody took leave the list.
void drop_gone_calls(Turn& turn);
std::optional<MonoTime> next_call_gone(App const& app);
/// Nothing of a session stays with a call; those of other telephones are no longer shown.
void forget_calls(App& app);

// In update_line.cpp: the line of those who asked for a call.
void fetch_line(Turn& turn);
void on_line_read(Turn& turn, RequestNumber request, LineRead& event);
void on_call_back_taken(Turn& turn, RequestNumber request, CallBackGot& event);
void on_outcome_said(Turn& turn, RequestNumber request, OutcomeSaid& event);
void do_with_line(Turn& turn, Act act);

// In update_matter.cpp: what an entry of the queue asks for, and its case.
void open_work_case(Turn& turn, Work& work);
void on_work_case(Turn& turn, RequestNumber request, WorkCaseGot& event);
/// Read once for a case of an entry.
void ensure_matter(Turn& turn, CaseAtHand& at_hand);
void on_matter_read(Turn& turn, RequestNumber request, MatterRead& event);
void read_matter_eob(Turn& turn, Cases& cases);

// In update_unlock.cpp: the member's account.
void open_unlock(Turn& turn, Cases& cases);
void on_lock_read(Turn& turn, RequestNumber request, LockRead& event);
void unlock_account(Turn& turn, Cases& cases, UnlockDialog const& dialog);
void on_account_unlocked(Turn& turn, RequestNumber request, AccountUnlocked& event);
/// What the list says of the unlock now; `before` is what it said last.
void follow_unlock(Turn& turn, Cases& cases, api::CaseItem const& before);

// In update_recovery.cpp: a way back to the member's account.
void open_recovery(Turn& turn, Cases& cases);
void on_recovery_read(Turn& turn, RequestNumber request, RecoveryRead& event);
/// Begins one, or withdraws the one that is open.
void recover_account(Turn& turn, Cases& cases, RecoveryDialog const& dialog);
void on_recovery_started(Turn& turn, RequestNumber request, RecoveryStarted& event);
void on_recovery_withdrawn(Turn& turn, RequestNumber request, RecoveryWithdrawn& event);
/// What the list says of it now; `before` is what it said last.
void follow_recovery(Turn& turn, Cases& cases, api::CaseItem const& before);

} // namespace portico::agent
