#include "agent/app/turn.h"

#include "agent/app/typed_date.h"
#include "agent/screens/case_words.h"
#include "shared/domain/directory.h"

namespace portico::agent {

namespace {

/// What was typed, as central is asked. Errors: InvalidInput, of what can be seen here to be no such fact:
/// the reasons are central's.
Result<api::IdentifyCaller> request_of(CaseAtHand const& at_hand) {
    auto const& typed = at_hand.facts;
    api::IdentifyCaller request;
    request.case_id = at_hand.item.case_id;
    if (!typed.member_id.empty())
        request.member_id = typed.member_id;
    if (!typed.given.empty() || !typed.family.empty()) {
        if (typed.given.empty() || typed.family.empty())
            return error(ErrorKind::InvalidInput, "name_invalid");
        request.name = api::CallerName{typed.given, typed.family};
    }
    if (!typed.birth_date.empty()) {
        request.birth_date = iso_date(typed.birth_date);
        if (!request.birth_date)
            return error(ErrorKind::InvalidInput, "birth_date_invalid");
    }
    if (!typed.zip.empty()) {
        if (zip5(typed.zip).has_error())
            return error(ErrorKind::InvalidInput, "zip_invalid");
        request.zip = typed.zip;
    }
    return request;
}

void open_case(Turn& turn, Cases& cases, OpenCaseDialog const& dialog) {
    cases.step = CasesStep::Open;
    cases.opening = {case_reasons().at(dialog.reason), case_channels().at(dialog.channel)};
    cases.doing.begin(turn.ask(OpenCase{cases.opening}));
}

void change_reason(Turn& turn, CaseAtHand& at_hand, ReasonDialog const& dialog) {
    at_hand.step = CaseStep::Reason;
    at_hand.doing.begin(turn.ask(ChangeReason{{at_hand.item.case_id, case_reasons().at(dialog.reason)}}));
}

void close_case(Turn& turn, CaseAtHand& at_hand) {
    at_hand.step = CaseStep::Close;
    at_hand.doing.begin(
        turn.ask(CloseCase{{at_hand.item.case_id, case_outcomes().at(at_hand.outcome), at_hand.note}}));
}

void allow_more(Turn& turn, Cases& cases, AllowMoreDialog const& dialog) {
    if (dialog.staff.empty())
        return;
    cases.step = CasesStep::AllowMore;
    cases.doing.begin(turn.ask(AllowMore{dialog.staff}));
}

/// The newer text in its place, nothing of the older one beside it.
void retype(std::string& text, std::string& newer) {
    wipe(text);
    text = newer;
    wipe(newer);
}

} // namespace

void typed_in_case(Turn& turn, Typed& typed) {
    auto& cases = *turn.on_top<Cases>();
    if (auto* more = std::get_if<AllowMoreDialog>(&cases.dialog); more && typed.field == Field::Colleague) {
        more->staff = std::move(typed.text);
        cases.doing.failure.reset();
        return;
    }
    if (auto* to = std::get_if<TransferDialog>(&cases.dialog); to && typed.field == Field::TransferTo) {
        to->to = std::move(typed.text);
        to->wrong = false;
        return;
    }
    if (!cases.at_hand)
        return;
    auto& at_hand = *cases.at_hand;
    auto* ask = std::get_if<AskDialog>(&cases.dialog);
    auto* text = typed.field == Field::Note          ? &at_hand.note
                 : typed.field == Field::NoteText    ? &at_hand.noting.text
                 : typed.field == Field::GlassReason ? &at_hand.glass_reason
                 : ask != nullptr                    ? at_hand.draft(ask->what).of(typed.field)
                                                     : at_hand.facts.of(typed.field);
    if (text == nullptr)
        return;
    retype(*text, typed.text);
    // What was wrong may be right now.
    at_hand.doing.failure.reset();
    if (ask != nullptr)
        ask->wrong.reset();
    if (typed.field == Field::NoteText) { // another note than was sent
        at_hand.noting.id.clear();
        at_hand.noting.sent = 0;
    }
}

void choose_in_case(Turn& turn, ChooseInCase const& chosen) {
    auto* cases = turn.on_top<Cases>();
    if (cases == nullptr)
        return;
    if (auto* open = std::get_if<OpenCaseDialog>(&cases->dialog)) {
        if (chosen.what == CaseChoice::Reason)
            open->reason = std::min(chosen.index, case_reasons().size() - 1);
        if (chosen.what == CaseChoice::Channel)
            open->channel = std::min(chosen.index, case_channels().size() - 1);
    }
    if (auto* why = std::get_if<ReasonDialog>(&cases->dialog); why && chosen.what == CaseChoice::Reason)
        why->reason = std::min(chosen.index, case_reasons().size() - 1);
    if (auto* show = std::get_if<RevealDialog>(&cases->dialog)) {
        if (chosen.what == CaseChoice::RevealedField)
            show->field = std::min(chosen.index, case_fields().size() - 1);
        if (chosen.what == CaseChoice::RevealReason)
            show->reason = std::min(chosen.index, reveal_reasons().size() - 1);
    }
    if (auto* unlock = std::get_if<UnlockDialog>(&cases->dialog);
        unlock && chosen.what == CaseChoice::UnlockReason)
        unlock->reason = std::min(chosen.index, unlock_reasons().size() - 1);
    if (auto* recovery = std::get_if<RecoveryDialog>(&cases->dialog)) {
        if (chosen.what == CaseChoice::Lost)
            recovery->lost = chosen.index;
        if (chosen.what == CaseChoice::RecoveryReason)
            recovery->reason = std::min(chosen.index, recovery_reasons().size() - 1);
    }
    if (auto* verify = std::get_if<VerifyDialog>(&cases->dialog);
        verify && chosen.what == CaseChoice::VerifyWay)
        if (auto const ways = verify->offered(); chosen.index < ways.size())
            verify->way = ways[chosen.index].way;
    if (auto* who = std::get_if<SpeakerDialog>(&cases->dialog); who && chosen.what == CaseChoice::Speaker)
        who->choose(chosen.index);
    if (auto const* ask = std::get_if<AskDialog>(&cases->dialog); ask && cases->at_hand)
        choose_for_member(*cases, *ask, chosen);
    if (cases->at_hand && chosen.what == CaseChoice::Outcome) {
        cases->at_hand->outcome = std::min(chosen.index, case_outcomes().size() - 1);
        cases->at_hand->outcome_chosen = true;
    }
}

void proceed_with_case(Turn& turn) {
    auto& cases = *turn.on_top<Cases>();
    if (auto* to = std::get_if<TransferDialog>(&cases.dialog))
        return transfer(turn, cases, *to); // needs no central
    if (auto* ask = std::get_if<AskDialog>(&cases.dialog))
        return proceed_for_member(turn, cases, *ask);
    if (cases.waiting() || turn.app.facts.offline())
        return;
    if (auto const* open = std::get_if<OpenCaseDialog>(&cases.dialog))
        return open_case(turn, cases, *open);
    if (auto const* why = std::get_if<ReasonDialog>(&cases.dialog); why && cases.at_hand)
        return change_reason(turn, *cases.at_hand, *why);
    if (std::holds_alternative<CloseCaseDialog>(cases.dialog) && cases.at_hand)
        return close_case(turn, *cases.at_hand);
    if (auto const* show = std::get_if<RevealDialog>(&cases.dialog))
        return reveal(turn, cases, *show);
    if (std::holds_alternative<GlassDialog>(cases.dialog))
        return break_glass(turn, cases);
    if (auto const* dialog = std::get_if<UnlockDialog>(&cases.dialog))
        return unlock_account(turn, cases, *dialog);
    if (auto const* dialog = std::get_if<RecoveryDialog>(&cases.dialog))
        return recover_account(turn, cases, *dialog);
    if (auto const* dialog = std::get_if<VerifyDialog>(&cases.dialog))
        return verify_by(turn, cases, VerifyDialog(*dialog));
    if (auto const* dialog = std::get_if<SpeakerDialog>(&cases.dialog); dialog && cases.at_hand)
        return speak_as(turn, cases, *dialog);
    if (std::holds_alternative<NoteDialog>(cases.dialog) && cases.at_hand)
        return add_note(turn, cases);
    if (auto const* more = std::get_if<AllowMoreDialog>(&cases.dialog))
        return allow_more(turn, cases, *more);
    if (std::holds_alternative<NoDialog>(cases.dialog) && can_do(turn.app, Act::FindCaller))
        do_with_cases(turn, Act::FindCaller);
}

void identify(Turn& turn, Cases& cases) {
    auto& at_hand = *cases.at_hand;
    at_hand.step = CaseStep::Identify;
    auto request = request_of(at_hand);
    if (request.has_error()) {
        at_hand.doing.failure = request.error();
        return;
    }
    at_hand.doing.begin(turn.ask(Identify{std::move(request).value()}));
}

bool is_elsewhere(Error const& failure) {
    return failure.reason == "case_closed" || failure.reason == "case_unknown" ||
           failure.reason == "case_not_yours" || failure.reason == "case_bound" ||
           failure.reason == "central_timed_out" || failure.kind == ErrorKind::Unavailable;
}

CaseAtHand* take_case_reply(Turn& turn, RequestNumber request, std::string const& case_id,
                            Error const* failure) {
    auto* cases = turn.app.cases();
    if (cases == nullptr || !cases->at_hand || cases->at_hand->item.case_id != case_id)
        return nullptr; // the rep is with another caller by now
    return cases->at_hand->doing.take(request, failure) ? cases->at_hand.get() : nullptr;
}

void look_after_refusal(Turn& turn, CaseAtHand* at_hand, Error const& failure) {
    if (at_hand == nullptr || handled_as_session(turn, failure))
        return;
    if (failure.reason == "break_glass_needed")
        read_member_again(turn, *at_hand);
    if (failure.reason == "verified_already" || is_elsewhere(failure))
        fetch_cases(turn);
}

void on_identified(Turn& turn, RequestNumber request, CallerIdentified& event) {
    if (event.result.has_value() && event.result.value().case_id != event.case_id)
        event.result = error(ErrorKind::Unavailable, "reply_unreadable"); // of another case than was asked
    Error const* const failure = event.result.has_error() ? &event.result.error() : nullptr;
    auto* at_hand = take_case_reply(turn, request, event.case_id, failure);
    if (at_hand == nullptr)
        return fetch_cases(turn); // the list says what became of that one
    if (failure == nullptr) {
        at_hand->item.level = event.result.value().level;
        at_hand->facts.wipe();
        at_hand->tries_left = -1;
        turn.forget_drawn();
        ensure_member(turn, *at_hand);
        return fetch_cases(turn);
    }
    if (failure->reason == "nobody_found")
        at_hand->tries_left = failure->tries_left;
    if (failure->reason == "tries_case_full")
        at_hand->tries_left = 0;
    if (!handled_as_session(turn, *failure) && is_elsewhere(*failure))
        fetch_cases(turn);
}

void on_reason_changed(Turn& turn, RequestNumber request, ReasonChanged& event) {
    Error const* const failure = event.result.has_error() ? &event.result.error() : nullptr;
    auto* at_hand = take_case_reply(turn, request, event.case_id, failure);
    if (at_hand == nullptr)
        return fetch_cases(turn); // the list says what became of that one
    if (failure != nullptr) {
        if (!handled_as_session(turn, *failure) && is_elsewhere(*failure))
            fetch_cases(turn);
        return;
    }
    at_hand->item.reason = event.reason;
    auto& dialog = turn.app.cases()->dialog;
    if (std::holds_alternative<ReasonDialog>(dialog))
        dialog = NoDialog{};
    fetch_cases(turn);
}

void on_case_closed(Turn& turn, RequestNumber request, CaseClosed& event) {
    Error const* const failure = event.result.has_error() ? &event.result.error() : nullptr;
    auto* at_hand = take_case_reply(turn, request, event.case_id, failure);
    if (failure != nullptr) {
        if (at_hand != nullptr && !handled_as_session(turn, *failure) && is_elsewhere(*failure))
            fetch_cases(turn);
        return;
    }
    auto* cases = turn.app.cases();
    if (at_hand != nullptr) {
        if (std::holds_alternative<CloseCaseDialog>(cases->dialog))
            cases->dialog = NoDialog{};
        leave_case(turn, *cases);
        cases->said = {"cases.closed"_msg, true};
    }
    leave_call_of(turn, event.case_id);
    fetch_cases(turn);
}

} // namespace portico::agent
