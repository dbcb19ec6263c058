#include "agent/app/turn.h"

namespace portico::agent {

namespace {

constexpr int text_step_percent = 25;

void change_theme(Settings& settings) {
    using ui::ThemeName;
    settings.theme = settings.theme == ThemeName::Light  ? ThemeName::Dark
                     : settings.theme == ThemeName::Dark ? ThemeName::HighContrast
                                                         : ThemeName::Light;
}

void close_dialog(Turn& turn) {
    if (auto* work = turn.on_top<Work>())
        work->dialog = NoDialog{};
    if (auto* cases = turn.on_top<Cases>()) {
        if (std::holds_alternative<NoDialog>(cases->dialog))
            return step_back_in_claims(turn, *cases);
        drop_old_contact(turn);
        cases->dialog = NoDialog{};
        cases->doing.failure.reset(); // it stood in the dialog
    }
}

void open_palette(Turn& turn) {
    if (auto* work = turn.on_top<Work>())
        work->dialog = Palette{};
    if (auto* cases = turn.on_top<Cases>())
        cases->dialog = Palette{};
}

Palette* palette(Turn& turn) {
    if (auto* work = turn.on_top<Work>())
        return std::get_if<Palette>(&work->dialog);
    auto* cases = turn.on_top<Cases>();
    return cases == nullptr ? nullptr : std::get_if<Palette>(&cases->dialog);
}

bool lists_acts(Turn& turn) {
    auto const* cases = turn.on_top<Cases>();
    return cases != nullptr && std::holds_alternative<ForMemberDialog>(cases->dialog);
}

void act(Turn& turn, Act act) {
    if (!can_do(turn.app, act))
        return;
    // Under a lock or its warning nothing is done to the work, whoever asked.
    bool const covered = turn.on_top<Work>() == nullptr && turn.on_top<Cases>() == nullptr;
    bool const of_the_look = act == Act::ChangeTheme || act == Act::LargerText || act == Act::SmallerText;
    if (covered && !of_the_look && act != Act::LockNow)
        return;
    // What was chosen from a list of acts is done without it; other dialogs stay, under a lock too.
    if (palette(turn) != nullptr || lists_acts(turn))
        close_dialog(turn);
    auto& settings = turn.app.settings;
    switch (act) {
    case Act::LockNow:
        return turn.lock(false);
    case Act::SignOut:
        return turn.end_session(EndReason::SignedOut);
    case Act::ChangeTheme:
        return change_theme(settings);
    case Act::LargerText:
        settings.text_percent = std::min(200, settings.text_percent + text_step_percent);
        return;
    case Act::SmallerText:
        settings.text_percent = std::max(100, settings.text_percent - text_step_percent);
        return;
    case Act::ShowWork:
        return show_work(turn);
    case Act::ShowCases:
        return show_cases(turn);
    case Act::AnswerCall:
    case Act::DeclineCall:
    case Act::HoldCall:
    case Act::HangUpCall:
    case Act::TransferCall:
    case Act::NextCall:
        return do_with_call(turn, act);
    case Act::NextCallBack:
    case Act::CallReached:
    case Act::CallNotAnswered:
    case Act::CallWrongNumber:
    case Act::GiveCallBack:
        return do_with_line(turn, act);
    case Act::OpenCase: // from the queue too: a call does not wait
        show_cases(turn);
        return do_with_cases(turn, act);
    default:
        return turn.on_top<Cases>() != nullptr ? do_with_cases(turn, act) : do_with_work(turn, act);
    }
}

void typed(Turn& turn, Typed& typed) {
    if (auto* words = palette(turn); words && typed.field == Field::ActWords) {
        words->words = std::move(typed.text);
        return;
    }
    if (turn.on_top<Cases>() != nullptr)
        return typed_in_case(turn, typed);
    auto* work = turn.on_top<Work>();
    if (work == nullptr)
        return;
    if (auto* hand = std::get_if<HandOverDialog>(&work->dialog); hand && typed.field == Field::Colleague)
        hand->to = std::move(typed.text);
}

void stroked(Turn& turn, Stroked const& stroked) {
    if (stroked.stroke.is_submit())
        return proceed_with_key(turn);
    if (auto* page = turn.on_top<SignInPage>())
        apply(stroked.stroke, page->entry.pin);
    if (auto* locked = turn.on_top<Locked>())
        apply(stroked.stroke, locked->entry.pin);
}

template <class D, class F>
void in_dialog(Turn& turn, F change) {
    if (auto* work = turn.on_top<Work>())
        if (auto* dialog = std::get_if<D>(&work->dialog))
            change(*dialog);
}

void proceed(Turn& turn) {
    if (turn.on_top<Work>() != nullptr)
        return proceed_with_dialog(turn);
    if (turn.on_top<Cases>() != nullptr)
        return proceed_with_case(turn);
    proceed_with_key(turn);
}

void on_event(Turn& turn, Event& event) {
    auto const request = event.request;
    std::visit(Match{
                   [&](SignedIn& e) { on_signed_in(turn, request, e); },
                   [&](Unlocked& e) { on_unlocked(turn, request, e); },
                   [&](TouchWanted&) { on_touch_wanted(turn, request); },
                   [&](MeRead& e) { on_me(turn, e); },
                   [&](WorkRead& e) { on_work_read(turn, request, e); },
                   [&](WorkDone& e) { on_work_done(turn, request, e); },
                   [&](AskedUnlockRead& e) { on_asked_unlock_read(turn, request, e); },
                   [&](CasesRead& e) { on_cases_read(turn, request, e); },
                   [&](CaseOpened& e) { on_case_opened(turn, request, e); },
                   [&](ReasonChanged& e) { on_reason_changed(turn, request, e); },
                   [&](CallerIdentified& e) { on_identified(turn, request, e); },
                   [&](CaseClosed& e) { on_case_closed(turn, request, e); },
                   [&](MoreAllowed& e) { on_more_allowed(turn, request, e); },
                   [&](MemberRead& e) { on_member_read(turn, request, e); },
                   [&](ClaimsRead& e) { on_claims_read(turn, request, e); },
                   [&](EobRead& e) { on_eob_read(turn, request, e); },
                   [&](EobReviewRead& e) { on_eob_review_read(turn, request, e); },
                   [&](FieldRevealed& e) { on_field_revealed(turn, request, e); },
                   [&](GlassBroken& e) { on_glass_broken(turn, request, e); },
                   [&](CallerAsked& e) { on_caller_asked(turn, request, e); },
                   [&](WaysRead& e) { on_ways_read(turn, request, e); },
                   [&](SpeakersRead& e) { on_speakers_read(turn, request, e); },
                   [&](SpeakerChosen& e) { on_speaker_chosen(turn, request, e); },
                   [&](CodeSent& e) { on_code_sent(turn, request, e); },
                   [&](OperationKept& e) { on_operation_kept(turn, request, e); },
                   [&](OutboxRead& e) { on_outbox_read(turn, request, e); },
                   [&](NoteAdded& e) { on_note_added(turn, request, e); },
                   [&](NotesRead& e) { on_notes_read(turn, request, e); },
                   [&](EarlierCasesRead& e) { on_earlier_read(turn, request, e); },
                   [&](RequestsRead& e) { on_requests_read(turn, request, e); },
                   [&](TicketMade& e) { on_ticket_made(turn, request, e); },
                   [&](CandidatesRead& e) { on_candidates(turn, request, e); },
                   [&](TelephoneFailed& e) { on_telephone_failed(turn, e); },
                   [&](LockRead& e) { on_lock_read(turn, request, e); },
                   [&](RecoveryRead& e) { on_recovery_read(turn, request, e); },
                   [&](RecoveryStarted& e) { on_recovery_started(turn, request, e); },
                   [&](RecoveryWithdrawn& e) { on_recovery_withdrawn(turn, request, e); },
                   [&](AccountUnlocked& e) { on_account_unlocked(turn, request, e); },
                   [&](LineRead& e) { on_line_read(turn, request, e); },
                   [&](CallBackGot& e) { on_call_back_taken(turn, request, e); },
                   [&](OutcomeSaid& e) { on_outcome_said(turn, request, e); },
                   [&](WorkCaseGot& e) { on_work_case(turn, request, e); },
                   [&](MatterRead& e) { on_matter_read(turn, request, e); },
                   [&](KeyChanged& e) {
                       auto const before = std::exchange(turn.app.facts.key, std::move(e.state));
                       on_key_changed(turn, before);
                   },
                   [&](TelephoneChanged& e) { on_telephone(turn, e.view); },
                   [&](CallHandedOver& e) { on_handed_over(turn, e); },
                   [&](OnlineChanged& e) { on_online(turn, e.online); },
                   [&](OutboxChanged& e) { on_outbox_changed(turn, e.counts); },
                   [&](CentralTold& e) { on_central_told(turn, e); },
                   [&](Tick&) {},
                   [&](PersonNoticed&) {
                       // The covered page comes back by its button alone: a bumped table is nobody.
                       if (turn.on_top<StillThere>() == nullptr)
                           turn.app.last_input = turn.now.mono;
                   },
               },
               event.body);
}

template <class S>
S* find_screen(App& app) {
    if (auto* found = std::get_if<S>(&app.at_work()))
        return found;
    return app.aside ? std::get_if<S>(&*app.aside) : nullptr;
}

} // namespace

Work* App::work() {
    return find_screen<Work>(*this);
}

Cases* App::cases() {
    return find_screen<Cases>(*this);
}

RequestNumber Turn::ask(CommandBody body) {
    commands.push_back({.request = ++app.last_request,
                        .session = app.session.stamp,
                        .token = app.session.token,
                        .body = std::move(body)});
    return app.last_request;
}

std::vector<Command> update(App& app, Intent intent, Now now) {
    Turn turn(app, now);
    if (turn.on_top<StillThere>() == nullptr)
        app.last_input = now.mono;
    std::visit(Match{
                   [&](Do& i) { act(turn, i.act); },
                   [&](OpenPalette&) { open_palette(turn); },
                   [&](Close&) {
                       close_dialog(turn);
                       cancel_key(turn);
                   },
                   [&](Continue&) { proceed(turn); },
                   [&](Stroked& i) { stroked(turn, i); },
                   [&](Typed& i) { typed(turn, i); },
                   [&](Pick& i) { pick(turn, i.entry); },
                   [&](ChooseColleague& i) {
                       in_dialog<HandOverDialog>(turn, [&](auto& dialog) { dialog.to = i.staff; });
                       if (auto* cases = turn.on_top<Cases>())
                           if (auto* more = std::get_if<AllowMoreDialog>(&cases->dialog))
                               more->staff = i.staff;
                   },
                   [&](ChooseDecision& i) {
                       in_dialog<DecideDialog>(turn, [&](auto& dialog) { dialog.decision = i.index; });
                   },
                   [&](ChooseReason& i) {
                       in_dialog<DecideDialog>(turn, [&](auto& dialog) { dialog.reason = i.index; });
                   },
                   [&](PickCase& i) { pick_case(turn, i.case_id); },
                   [&](PickCall& i) { pick_call(turn, i.call); },
                   [&](PickClaim& i) { pick_claim(turn, i.eob); },
                   [&](ChooseInCase& i) { choose_in_case(turn, i); },
                   [&](AnswerFinding& i) { answer_finding(turn, i.finding); },
                   [&](WithdrawFor& i) { withdraw_for_member(turn, i.operation); },
                   [&](Correct& i) { correct(turn, i.operation); },
                   [&](HasSeen& i) { has_seen(turn, i.operation); },
                   [&](StillHere&) {
                       if (turn.on_top<StillThere>() == nullptr)
                           return;
                       app.last_input = now.mono;
                       turn.uncover();
                   },
                   [&](EndOthers&) {
                       auto const* locked = turn.on_top<Locked>();
                       if (locked != nullptr && locked->not_yours)
                           turn.end_session(EndReason::EndedByOther);
                   },
               },
               intent);
    return std::move(turn.commands);
}

std::vector<Command> update(App& app, Event event, Now now) {
    Turn turn(app, now);
    app.facts.minute = std::chrono::floor<std::chrono::minutes>(now.utc);
    // That session is over: never show anything of it in the next one.
    if (event.session != 0 && event.session != app.session.stamp)
        return {};
    on_event(turn, event);
    on_tick(turn);
    return std::move(turn.commands);
}

} // namespace portico::agent
