#include "agent/screens/sample_desk.h"

namespace portico::agent::sample {

namespace {

constexpr char const* long_message =
    "We have asked the clinic about your two blood tests of March 3.\n\nYou need not pay this claim before "
    "we "
    "have their answer. We write again within ten days.\n\nIf you get a bill meanwhile, call us and name the "
    "claim number.";

Cases asking(OnBehalf what, char const* level = "verified") {
    auto made = verified();
    made.at_hand->item.level = level;
    (void)made.at_hand->draft(what);
    made.dialog = AskDialog{.what = what};
    return made;
}

AskDialog& dialog(Cases& made) {
    return std::get<AskDialog>(made.dialog);
}

Cases wrong(Cases made, char const* reason) {
    dialog(made).wrong = error(ErrorKind::InvalidInput, reason);
    return made;
}

void lists_of_on_behalf(Collection& c) {
    auto const over = [&](App app, Cases made, std::string const& special) {
        made.dialog = ForMemberDialog{};
        c.add(std::move(app), std::move(made), special);
    };
    over(rep(), verified(), "behalf");
    over(offline(rep()), verified(), "behalf_offline");
    auto found = with_member();
    over(rep(), std::move(found), "behalf_not_verified");
    auto by_mail = verified();
    by_mail.at_hand->item.verified_way = "mail_code";
    over(rep(), std::move(by_mail), "behalf_by_mail");
    over(rep(), with_first_eob(), "behalf_eob");
    auto two = with_first_eob();
    Finding other;
    other.kind = FindingKind::DeniedYetBilled;
    other.line_sequences = {3};
    other.amounts = {{"share", Money{2300}}};
    two.at_hand->claims->eob.value->findings.push_back(other);
    c.add(rep(), std::move(two), "behalf_two_findings");
}

Cases correcting(ContactPart part, char const* value) {
    auto made = asking(OnBehalf::ChangeContact);
    made.at_hand->draft(OnBehalf::ChangeContact).part = part;
    auto& asked = dialog(made);
    asked.old = std::make_unique<OldContact>();
    asked.old->part = part;
    asked.old->value = value;
    Revealed shown;
    shown.field = contact_part_fields.at(static_cast<std::size_t>(part));
    shown.value = value;
    made.at_hand->revealed.push_back(std::move(shown));
    return made;
}

void contacts(Collection& c) {
    c.add(rep(), asking(OnBehalf::ChangeContact), "behalf_contact");
    c.add(offline(rep()), asking(OnBehalf::ChangeContact), "behalf_contact_offline");
    auto phone = correcting(ContactPart::Phone, "(555) 555-0112");
    phone.at_hand->draft(OnBehalf::ChangeContact).phone = "555-01";
    c.add(rep(), wrong(std::move(phone), "phone_invalid"), "behalf_phone");
    auto email = correcting(ContactPart::Email, "");
    email.at_hand->draft(OnBehalf::ChangeContact).email = "alex@example.org";
    c.add(rep(), std::move(email), "behalf_email");
    auto address = correcting(ContactPart::Address, "1200 Example Avenue, Apartment 14, Testville, ZZ 00042");
    auto& typed = address.at_hand->draft(OnBehalf::ChangeContact).address;
    typed.line = "48 Placeholder Road";
    typed.city = "Testville";
    typed.state = "MA";
    typed.zip = "0213";
    c.add(rep(), wrong(std::move(address), "zip_invalid"), "behalf_address");
    auto hidden = correcting(ContactPart::Phone, "(555) 555-0112");
    hidden.at_hand->revealed.clear();
    c.add(rep(), std::move(hidden), "behalf_phone_hidden");
}

void texts(Collection& c) {
    auto message = asking(OnBehalf::Write);
    message.at_hand->draft(OnBehalf::Write).text = long_message;
    c.add(rep(), std::move(message), "behalf_message");
    auto later = asking(OnBehalf::Write);
    later.at_hand->draft(OnBehalf::Write).text = long_message;
    c.add(offline(rep()), std::move(later), "behalf_message_offline");
    auto full = asking(OnBehalf::Write);
    full.at_hand->draft(OnBehalf::Write).text = long_message;
    dialog(full).wrong = error(ErrorKind::Full, "disk_full");
    c.add(rep(), std::move(full), "behalf_message_full");
    c.add(rep(), wrong(asking(OnBehalf::Write), "message_empty"), "behalf_message_empty");
    auto promise = asking(OnBehalf::PromiseCall);
    auto& typed = promise.at_hand->draft(OnBehalf::PromiseCall);
    typed.on = "03/19/2026";
    typed.about = "What the clinic says about the two blood tests";
    c.add(rep(), std::move(promise), "behalf_promise");
    c.add(rep(), wrong(asking(OnBehalf::PromiseCall), "call_day_outside"), "behalf_promise_day");
    auto noting = verified();
    noting.at_hand->noting.text = "Asked why two tests are billed.\nHas the letter of the clinic.";
    noting.dialog = NoteDialog{};
    c.add(rep(), std::move(noting), "note");
    auto empty = verified();
    empty.at_hand->doing = failed(ErrorKind::InvalidInput, "note_empty");
    empty.dialog = NoteDialog{};
    c.add(offline(rep()), std::move(empty), "note_offline");
    auto closing = verified();
    closing.at_hand->noting.text = "Asked why two tests are billed.";
    closing.dialog = CloseCaseDialog{};
    c.add(rep(), std::move(closing), "close_draft");
}

void short_ones(Collection& c) {
    auto claim = with_first_eob();
    auto& answer = claim.at_hand->draft(OnBehalf::CheckClaim);
    answer.finding = FindingKind::DuplicateLine;
    claim.dialog = AskDialog{.what = OnBehalf::CheckClaim};
    c.add(rep(), std::move(claim), "behalf_claim");
    auto copy = with_first_eob();
    copy.dialog = AskDialog{.what = OnBehalf::MailEob};
    c.add(rep(), std::move(copy), "behalf_mail_eob");
    auto card = asking(OnBehalf::MailCard);
    card.at_hand->draft(OnBehalf::MailCard).card_reason = 1;
    c.add(rep(), std::move(card), "behalf_mail_card");
    auto over = asking(OnBehalf::MailCard, "identified");
    c.add(rep(), std::move(over), "behalf_proof_over");
    auto keeping = asking(OnBehalf::MailCard);
    keeping.at_hand->draft(OnBehalf::MailCard).card_reason = 0;
    dialog(keeping).keeping = 7;
    c.add(rep(), std::move(keeping), "behalf_keeping");
    c.add(rep(), asking(OnBehalf::Withdraw), "behalf_withdraw");
}

Written written(OnBehalf what, Written::State state, int number, api::CaseItem of) {
    Written made;
    made.state = state;
    made.operation = sample_id(number);
    made.of = std::move(of);
    made.what = what;
    made.draft = std::make_unique<AskDraft>(what);
    return made;
}

App having_written(api::CaseItem const& of) {
    using State = Written::State;
    App app = rep();
    auto& all = app.written.all;
    all.push_back(written(OnBehalf::MailCard, State::Done, 1, of));
    all.push_back(written(OnBehalf::PromiseCall, State::OnItsWay, 2, of));
    app.written.counts.waiting = 1;
    return app;
}

void standings(Collection& c) {
    auto const item = verified().at_hand->item;
    auto sent = verified();
    sent.said = {ui::Msg("behalf.written"), true};
    c.add(having_written(item), std::move(sent), "behalf_written");
    c.add(offline(having_written(item)), verified(), "behalf_written_offline");
    auto refused_app = having_written(item);
    auto refused = written(OnBehalf::ChangeContact, Written::State::Refused, 3, item);
    refused.reason = "change_waits";
    refused.draft->phone = "(555) 555-0199";
    refused_app.written.all.push_back(std::move(refused));
    c.add(std::move(refused_app), verified(), "behalf_refused");
    auto typing_app = rep();
    auto second = written(OnBehalf::Write, Written::State::Refused, 7, item);
    second.reason = "messages_many";
    second.draft->text = "Bring the bill of the clinic with you.";
    typing_app.written.all.push_back(std::move(second));
    auto typing = verified();
    typing.at_hand->draft(OnBehalf::Write).text = "The clinic has answered us.";
    typing.said = {ui::Msg("behalf.correct_later"), false};
    c.add(std::move(typing_app), std::move(typing), "behalf_correct_later");
    auto closed_app = rep();
    auto gone = item;
    gone.case_id = sample_id(9);
    auto message = written(OnBehalf::Write, Written::State::Refused, 4, gone);
    message.reason = "case_closed_before";
    message.draft->text = "We have asked the clinic about your two blood tests.";
    closed_app.written.all.push_back(std::move(message));
    closed_app.written.before.push_back({sample_id(5), "mailed_card_limit"});
    c.add(std::move(closed_app), verified(), "behalf_refused_elsewhere");
    auto at_queue = rep();
    at_queue.written.before.push_back({sample_id(5), "no_postal_address"});
    c.add(std::move(at_queue), queue(3), "behalf_refused_before");
    auto told = having_written(item);
    auto answer = written(OnBehalf::CheckClaim, Written::State::OnItsWay, 6, item);
    auto reading = with_first_eob();
    answer.eob = reading.at_hand->claims->opened;
    answer.finding = FindingKind::DuplicateLine;
    told.written.all.push_back(std::move(answer));
    c.add(std::move(told), std::move(reading), "behalf_eob_answered");
}

api::CaseNote note(int minutes, char const* who, char const* text) {
    return {sample_id(minutes % 10), rfc_time(std::chrono::minutes(-minutes)), who, text};
}

Cases with_history(bool read) {
    auto made = verified();
    made.at_hand->history = std::make_unique<HistoryAtHand>();
    auto& history = *made.at_hand->history;
    if (!read) {
        history.notes.request = history.requests.request = history.earlier.request = 7;
        return made;
    }
    auto const& id = made.at_hand->item.case_id;
    history.notes.value = api::CaseNotes{
        id, {note(3, "Sam Desk", "Asked why two tests are billed.\nHas the clinic's letter.")}};
    history.requests.value = api::Requests{
        {{sample_id(1), OperationKind::ChangeContactDetails, OperationState::Waiting,
          rfc_time(std::chrono::minutes(-30)), "", "phone", rfc_time(std::chrono::hours(23)), true, true},
         {sample_id(2), OperationKind::DisputeFinding, OperationState::Waiting,
          rfc_time(std::chrono::hours(-90)), "", "CLM-4200", "", false, true},
         {sample_id(3), OperationKind::RequestMailedCard, OperationState::Refused,
          rfc_time(std::chrono::hours(-900)), "mailed_card_limit", "", "", false, false}}};
    history.earlier.value =
        api::EarlierCases{id,
                          {{"card",
                            "phone",
                            rfc_time(std::chrono::hours(-900)),
                            "resolved",
                            {note(54000, "Robin Example", "Card lost on a journey. Mailed one.")}},
                           {"unlock", "walk_in", rfc_time(std::chrono::hours(-2000)), "handed_on", {}}}};
    return made;
}

void histories(Collection& c) {
    c.add(rep(), with_history(true), "history");
    c.add(rep(), with_history(false), "history_loading");
    auto none = with_history(true);
    auto& history = *none.at_hand->history;
    history.notes.value->notes.clear();
    history.requests.value->requests.clear();
    history.earlier.value->cases.clear();
    c.add(rep(), std::move(none), "history_none");
    auto away = with_history(false);
    away.at_hand->history = std::make_unique<HistoryAtHand>();
    c.add(offline(rep()), std::move(away), "history_offline");
    auto found = with_member();
    found.at_hand->history = std::make_unique<HistoryAtHand>();
    found.at_hand->history->notes.value = api::CaseNotes{};
    c.add(rep(), std::move(found), "history_not_verified");
}

} // namespace

void on_behalf_screens(Collection& c) {
    lists_of_on_behalf(c);
    contacts(c);
    texts(c);
    short_ones(c);
    standings(c);
    histories(c);
}

} // namespace portico::agent::sample
