#include "agent/app/turn.h"

#include "agent/app/typed_date.h"
#include "shared/base/rfc3339.h"
#include "shared/domain/contact_rules.h"
#include "shared/domain/plain_text.h"

namespace portico::agent {

namespace {

Error invalid(char const* reason) {
    return error(ErrorKind::InvalidInput, reason);
}

Result<api::WriteToMember> message_of(AskDraft const& draft) {
    if (is_blank(draft.text))
        return invalid("message_empty");
    if (character_count(draft.text) > message_length_max)
        return invalid("message_long");
    if (!are_plain_lines(draft.text))
        return invalid("message_invalid");
    return api::WriteToMember{draft.text};
}

std::string day_of(UtcTime time) {
    return to_rfc3339(time).substr(0, std::string_view("YYYY-MM-DD").size());
}

Result<api::PromiseCallBack> promise_of(AskDraft const& draft, UtcTime now) {
    auto const on = iso_date(draft.on);
    if (!on)
        return invalid("call_day_invalid");
    if (*on < day_of(now) || *on > day_of(now + call_back_days_max))
        return invalid("call_day_outside");
    if (is_blank(draft.about))
        return invalid("about_empty");
    if (character_count(draft.about) > call_about_length_max || !is_plain_text(draft.about))
        return invalid("about_invalid");
    return api::PromiseCallBack{*on, draft.about};
}

/// With what stood on file, which central holds against what stands there when it is applied.
Result<api::ChangeContactDetails> change_of(AskDraft const& draft, OldContact const& old) {
    api::ChangeContactDetails change;
    switch (old.part) {
    case ContactPart::Phone:
        if (is_blank(draft.phone))
            return invalid("phone_missing");
        TRY(check_phone(draft.phone));
        change.old_phone = old.value;
        change.phone = draft.phone;
        break;
    case ContactPart::Email:
        if (is_blank(draft.email))
            return invalid("email_missing");
        TRY(check_email(draft.email));
        change.old_email = old.value;
        change.email = draft.email;
        break;
    case ContactPart::Address:
        change.address = draft.address.address();
        TRY(check_address(*change.address));
        change.old_address = old.address.value_or(PostalAddress{});
        break;
    }
    bool const same = change.phone == change.old_phone && change.email == change.old_email &&
                      change.address == change.old_address;
    if (same)
        return invalid("nothing_to_change");
    return change;
}

Result<api::Operation> operation_of(AskDraft const& draft, AskDialog const& dialog, UtcTime now) {
    api::Operation operation;
    switch (draft.what) {
    case OnBehalf::CheckClaim:
        operation.dispute_finding =
            api::DisputeFinding{draft.eob, draft.finding, draft.check_it ? "check_it" : "is_right"};
        break;
    case OnBehalf::MailEob:
        operation.request_mailed_eob = api::RequestMailedEob{draft.eob};
        break;
    case OnBehalf::MailCard:
        if (!draft.card_reason)
            return invalid("card_reason_missing");
        operation.request_mailed_card = api::RequestMailedCard{card_reason_words().at(*draft.card_reason)};
        break;
    case OnBehalf::ChangeContact:
        if (!dialog.old)
            return invalid("part_missing");
        operation.change_contact_details = TRY(change_of(draft, *dialog.old));
        break;
    case OnBehalf::Write:
        operation.write_to_member = TRY(message_of(draft));
        break;
    case OnBehalf::PromiseCall:
        operation.promise_call_back = TRY(promise_of(draft, now));
        break;
    case OnBehalf::Withdraw:
        operation.withdraw_request = api::WithdrawRequest{draft.operation};
        break;
    }
    return operation;
}

bool is_keeping(App const& app, std::string const& case_id, OnBehalf what) {
    auto const& all = app.written.all;
    return std::any_of(all.begin(), all.end(), [&](Written const& each) {
        return each.state == Written::State::Keeping && each.of.case_id == case_id && each.what == what;
    });
}

void make_room(std::vector<Written>& all) {
    while (all.size() >= written_max) {
        auto const done = std::find_if(
            all.begin(), all.end(), [](Written const& each) { return each.state == Written::State::Done; });
        if (done == all.end())
            return;
        all.erase(done);
    }
}

void write_down(Turn& turn, Cases const& cases, AskDialog& dialog, AskDraft const& draft,
                api::Operation operation) {
    auto const& item = cases.at_hand->item;
    operation.session_token = turn.app.session.token;
    operation.on_behalf_case = item.case_id;
    dialog.keeping = turn.ask(KeepOperation{item.case_id, std::move(operation)});
    make_room(turn.app.written.all);
    Written written;
    written.keeping = dialog.keeping;
    written.of = item;
    written.what = draft.what;
    written.eob = draft.eob;
    written.finding = draft.finding;
    turn.app.written.all.push_back(std::move(written));
}

/// The case with what was typed in it: at hand, or beside.
CaseAtHand* find_at_hand(App& app, std::string const& case_id) {
    auto* cases = app.cases();
    if (cases == nullptr)
        return nullptr;
    if (cases->at_hand && cases->at_hand->item.case_id == case_id)
        return cases->at_hand.get();
    for (auto& each : cases->beside)
        if (each->item.case_id == case_id)
            return each.get();
    return nullptr;
}

void read_outbox(Turn& turn) {
    auto& written = turn.app.written;
    std::vector<std::string> open;
    for (auto const& each : written.all)
        if (each.state == Written::State::OnItsWay)
            open.push_back(each.operation);
    if (!turn.app.session.signed_in() ||
        (open.empty() && written.counts.refused == 0 && written.before.empty()))
        return;
    written.reading = turn.ask(ReadOutbox{std::move(open)});
}

void settle(Turn& turn, client::OperationStanding const& standing) {
    using Where = client::OperationStanding::Where;
    auto* written = turn.app.written.find(standing.id);
    if (written == nullptr || written->state != Written::State::OnItsWay || standing.where == Where::Waiting)
        return;
    bool const refused = standing.where == Where::Refused;
    written->state = refused ? Written::State::Refused : Written::State::Done;
    written->reason = standing.reason;
    if (!refused)
        written->draft.reset();
    auto* cases = turn.app.cases();
    if (cases != nullptr && cases->at_hand && cases->at_hand->item.case_id == written->of.case_id)
        read_requests_again(turn, *cases->at_hand);
}

void forget(Turn& turn, std::string const& operation) {
    auto& written = turn.app.written;
    auto const is_it = [&](auto const& each) {
        if constexpr (requires { each.operation; })
            return each.operation == operation;
        else
            return each.id == operation;
    };
    written.all.erase(std::remove_if(written.all.begin(), written.all.end(), is_it), written.all.end());
    written.before.erase(std::remove_if(written.before.begin(), written.before.end(), is_it),
                         written.before.end());
    turn.ask(ForgetRefused{operation});
    turn.forget_drawn();
}

} // namespace

void ask_for_member(Turn& turn, Cases& cases, OnBehalf what) {
    auto& at_hand = *cases.at_hand;
    at_hand.doing.failure.reset();
    if (what == OnBehalf::CheckClaim) {
        auto const& detail = *at_hand.claims->eob.value;
        for (auto const& each : detail.findings)
            if (!is_answered(turn.app, detail, each.kind))
                return answer_finding(turn, each.kind);
        return;
    }
    if (what == OnBehalf::MailEob)
        at_hand.draft(what).eob = at_hand.claims->opened;
    cases.dialog = AskDialog{.what = what};
}

void answer_finding(Turn& turn, FindingKind finding) {
    auto* cases = turn.on_top<Cases>();
    if (cases == nullptr || !can_do(turn.app, Act::CheckClaim) ||
        is_answered(turn.app, *cases->at_hand->claims->eob.value, finding))
        return;
    auto& draft = cases->at_hand->draft(OnBehalf::CheckClaim);
    draft.eob = cases->at_hand->claims->opened;
    draft.finding = finding;
    draft.check_it = true;
    cases->said = {};
    cases->dialog = AskDialog{.what = OnBehalf::CheckClaim};
}

void withdraw_for_member(Turn& turn, std::string const& operation) {
    auto* cases = turn.on_top<Cases>();
    if (cases == nullptr || !cases->at_hand || !cases->at_hand->history || !cases->at_hand->proven() ||
        turn.app.written.takes_back(operation))
        return;
    auto const& requests = cases->at_hand->history->requests.value;
    if (!requests || std::none_of(requests->requests.begin(), requests->requests.end(),
                                  [&](api::RequestEntry const& each) {
                                      return each.operation_id == operation && each.can_withdraw;
                                  }))
        return;
    cases->at_hand->draft(OnBehalf::Withdraw).operation = operation;
    cases->said = {};
    cases->dialog = AskDialog{.what = OnBehalf::Withdraw};
}

void choose_for_member(Cases& cases, AskDialog const& dialog, ChooseInCase const& chosen) {
    if (dialog.keeping != 0)
        return;
    auto& draft = cases.at_hand->draft(dialog.what);
    auto& shown = std::get<AskDialog>(cases.dialog);
    if (chosen.what == CaseChoice::CardReason)
        draft.card_reason = std::min(chosen.index, card_reason_words().size() - 1);
    if (chosen.what == CaseChoice::ClaimAnswer)
        draft.check_it = chosen.index == 0;
    if (chosen.what == CaseChoice::ContactPart && !shown.old)
        draft.part = static_cast<ContactPart>(std::min(chosen.index, contact_part_fields.size() - 1));
    shown.wrong.reset();
}

void proceed_for_member(Turn& turn, Cases& cases, AskDialog& dialog) {
    if (!cases.at_hand || dialog.keeping != 0 ||
        is_keeping(turn.app, cases.at_hand->item.case_id, dialog.what))
        return;
    auto& at_hand = *cases.at_hand;
    auto& draft = at_hand.draft(dialog.what);
    if (!may_still_ask(cases, dialog.what))
        return;
    if (draft.what == OnBehalf::ChangeContact && !dialog.old) {
        if (!draft.part || turn.app.facts.offline() || cases.waiting())
            return;
        at_hand.step = CaseStep::Reveal;
        at_hand.doing.begin(turn.ask(
            Reveal{{at_hand.item.case_id, contact_part_fields.at(static_cast<std::size_t>(*draft.part)),
                    "caller_corrects"}}));
        return;
    }
    auto operation = operation_of(draft, dialog, turn.now.utc);
    if (operation.has_error()) {
        dialog.wrong = operation.error();
        return;
    }
    dialog.wrong.reset();
    write_down(turn, cases, dialog, draft, std::move(operation).value());
}

void take_old_contact(CaseAtHand const& at_hand, AskDialog& dialog, api::RevealedField const& reply) {
    auto const* draft = at_hand.draft_of(dialog.what);
    if (dialog.what != OnBehalf::ChangeContact || draft == nullptr || !draft->part ||
        reply.field != contact_part_fields.at(static_cast<std::size_t>(*draft->part)))
        return;
    dialog.old = std::make_unique<OldContact>();
    dialog.old->part = *draft->part;
    dialog.old->value = reply.value;
    dialog.old->address = reply.address;
}

void drop_old_contact(Turn& turn) {
    auto* cases = turn.app.cases();
    auto* dialog = cases == nullptr ? nullptr : std::get_if<AskDialog>(&cases->dialog);
    if (dialog == nullptr || !dialog->old)
        return;
    dialog->old.reset();
    turn.forget_drawn();
}

void on_operation_kept(Turn& turn, RequestNumber request, OperationKept& event) {
    auto& all = turn.app.written.all;
    auto const written = std::find_if(all.begin(), all.end(), [&](Written const& each) {
        return request != 0 && each.keeping == request && each.state == Written::State::Keeping;
    });
    if (written == all.end())
        return;
    auto* cases = turn.app.cases();
    auto* dialog = cases == nullptr ? nullptr : std::get_if<AskDialog>(&cases->dialog);
    if (dialog != nullptr && dialog->keeping != request)
        dialog = nullptr;
    if (event.result.has_error()) {
        all.erase(written);
        if (dialog != nullptr) {
            dialog->keeping = 0;
            dialog->wrong = event.result.error();
        } else if (cases != nullptr) {
            cases->said = {"behalf.not_written"_msg, false};
        }
        return;
    }
    written->operation = std::move(event.result).value();
    written->state = Written::State::OnItsWay;
    if (auto* from = find_at_hand(turn.app, written->of.case_id))
        written->draft = std::move(from->drafts.at(static_cast<std::size_t>(written->what)));
    if (dialog != nullptr) {
        drop_old_contact(turn);
        cases->dialog = NoDialog{};
        cases->said = {"behalf.written"_msg, true};
    }
    // Central may have answered before this was told.
    read_outbox(turn);
}

void on_outbox_changed(Turn& turn, client::OutboxCounts const& counts) {
    turn.app.written.counts = counts;
    read_outbox(turn);
}

void on_outbox_read(Turn& turn, RequestNumber request, OutboxRead& event) {
    auto& written = turn.app.written;
    if (request == 0 || request != written.reading)
        return;
    written.reading = 0;
    if (event.standing.has_value())
        for (auto const& each : event.standing.value())
            settle(turn, each);
    if (event.refused.has_error())
        return;
    written.before.clear();
    for (auto& each : event.refused.value())
        if (written.find(each.id) == nullptr)
            written.before.push_back(std::move(each));
}

void correct(Turn& turn, std::string const& operation) {
    auto* cases = turn.on_top<Cases>();
    auto const* written = turn.app.written.find(operation);
    if (cases == nullptr || written == nullptr || written->state != Written::State::Refused ||
        !written->draft || !std::holds_alternative<NoDialog>(cases->dialog))
        return;
    auto const case_id = written->of.case_id;
    auto const what = written->what;
    pick_case(turn, case_id);
    if (!cases->at_hand || cases->at_hand->item.case_id != case_id)
        return; // it is closed
    auto& place = cases->at_hand->drafts.at(static_cast<std::size_t>(what));
    if (place && place->is_typed()) {
        cases->said = {"behalf.correct_later"_msg, false};
        return; // neither of the two is lost
    }
    place = std::move(turn.app.written.find(operation)->draft);
    forget(turn, operation);
    cases->said = {};
    cases->dialog = AskDialog{.what = what};
}

void has_seen(Turn& turn, std::string const& operation) {
    auto const* written = turn.app.written.find(operation);
    if (written != nullptr && written->state != Written::State::Refused)
        return;
    forget(turn, operation);
}

} // namespace portico::agent
