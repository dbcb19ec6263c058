#include "kiosk/app/limits.h"
#include "kiosk/app/turn.h"
#include "shared/domain/card_reasons.h"

#include <charconv>

namespace portico::kiosk {

void enter(Turn& turn, Home& screen) {
    screen.home.begin(turn.ask(FetchHome{}));
}

namespace {

constexpr char const* claim_statuses[] = {"", "look_again", "in_progress", "done"};

/// "1,250.50" or "$1250" in cents; nothing when it is no amount.
std::optional<std::optional<Money>> typed_amount(std::string const& typed) {
    std::string digits;
    for (char const c : typed)
        if (c != '$' && c != ',' && c != ' ')
            digits += c;
    if (digits.empty())
        return std::optional<Money>();
    auto const amount = Decimal::parse(digits);
    if (amount.has_error() || amount.value().is_negative())
        return std::nullopt;
    auto const cents = amount.value().to_cents();
    if (cents.has_error())
        return std::nullopt;
    return std::optional(Money{cents.value()});
}

Date months_before(Date day, int months) {
    int const index = day.year * 12 + (day.month - 1) - months;
    return {index / 12, index % 12 + 1, 1};
}

api::ClaimsQuery query_of(App const& app, Claims const& screen) {
    api::ClaimsQuery query;
    auto const& filter = screen.filter;
    query.status = claim_statuses[filter.status];
    query.person = filter.person;
    query.provider = filter.provider;
    if (int const months = claim_period_months[filter.period]; months > 0 && !app.facts.today.is_empty())
        query.from = months_before(app.facts.today, months);
    if (auto const least = typed_amount(filter.amount_least))
        query.amount_min = *least;
    if (auto const most = typed_amount(filter.amount_most))
        query.amount_max = *most;
    query.cursor = screen.cursor;
    query.limit = claims_page_rows;
    return query;
}

void search_again(Turn& turn, Claims& claims) {
    claims.cursor.clear();
    claims.cursors.clear();
    claims.page.value.reset();
    enter(turn, claims);
}

} // namespace

void enter(Turn& turn, Claims& screen) {
    screen.page.begin(turn.ask(FetchClaims{query_of(turn.app, screen)}));
}

void enter(Turn& turn, Costs& screen) {
    api::ClaimsQuery query;
    query.limit = 500;
    if (!turn.app.facts.today.is_empty())
        query.from = months_before(turn.app.facts.today, 12);
    screen.page.begin(turn.ask(FetchClaims{query}));
}

void proceed(Turn& turn, ClaimSearch& screen) {
    screen.amount_wrong =
        !typed_amount(screen.filter.amount_least) || !typed_amount(screen.filter.amount_most);
    if (screen.amount_wrong)
        return;
    auto const filter = screen.filter;
    turn.back();
    if (auto* claims = std::get_if<Claims>(&turn.app.screen)) {
        claims->filter = filter;
        search_again(turn, *claims);
    }
}

void clear_search(Turn& turn) {
    if (auto* claims = std::get_if<Claims>(&turn.app.screen)) {
        claims->filter = ClaimFilter{};
        search_again(turn, *claims);
    }
    if (auto* doctors = std::get_if<FindDoctor>(&turn.app.screen))
        change_search(*doctors);
}

void turn_claims(Turn& turn, bool older) {
    auto* claims = std::get_if<Claims>(&turn.app.screen);
    if (claims == nullptr || !claims->page.value || claims->page.waiting())
        return;
    if (older && !claims->page.value->next_cursor.empty()) {
        claims->cursors.push_back(claims->cursor);
        claims->cursor = claims->page.value->next_cursor;
    } else if (!older && !claims->cursors.empty()) {
        claims->cursor = claims->cursors.back();
        claims->cursors.pop_back();
    } else {
        return;
    }
    claims->page.value.reset();
    enter(turn, *claims);
}

void open_claim(Turn& turn, OpenClaim const& claim) {
    turn.open(EobPage{.id = claim.id, .provider_name = claim.provider_name});
}

void enter(Turn& turn, EobPage& screen) {
    if (!screen.detail.value)
        screen.detail.begin(turn.ask(FetchEob{screen.id}));
}

void answer_finding(Turn& turn, AnswerFinding const& answer) {
    auto* page = std::get_if<EobPage>(&turn.app.screen);
    if (page == nullptr || page->answering.waiting())
        return;
    auto operation = operation_of(turn.app);
    operation.dispute_finding = api::DisputeFinding{.eob_id = page->id.text(),
                                                    .finding = answer.finding,
                                                    .answer = answer.check_it ? "check_it" : "is_right"};
    page->answering_kind = answer.finding;
    page->answering.begin(turn.ask(KeepOperation{std::move(operation)}));
}

void mail_eob(Turn& turn) {
    auto* page = std::get_if<EobPage>(&turn.app.screen);
    if (page == nullptr || !page->detail.value || page->mailing.waiting() || page->mail_kept)
        return;
    auto operation = operation_of(turn.app);
    operation.request_mailed_eob = api::RequestMailedEob{page->id.text()};
    page->mailing.begin(turn.ask(KeepOperation{std::move(operation)}));
}

void print_letter(Turn& turn) {
    auto const* page = std::get_if<EobPage>(&turn.app.screen);
    if (page == nullptr || !page->detail.value)
        return;
    auto const request = turn.ask(PrintEobLetter{.detail = *page->detail.value,
                                                 .language = turn.app.settings.language,
                                                 .service_phone = turn.app.facts.help_phone()});
    turn.open(LetterPrint{.request = request});
}

void proceed(Turn& turn, LetterPrint&) {
    turn.back();
}

void enter(Turn& turn, CardPage& screen) {
    screen.card.begin(turn.ask(FetchIdCard{}));
}

void print_card(Turn& turn) {
    if (auto const* lost = std::get_if<ReplaceLost>(&turn.app.screen); lost != nullptr) {
        if (lost->doing.waiting() || turn.app.session.sets_anew != "printed_card")
            return;
        CardPrint print{.since = turn.now.mono};
        print.request = turn.ask(IssueCard{.language = turn.app.settings.language});
        return turn.open(std::move(print));
    }
    auto const* page = std::get_if<CardPage>(&turn.app.screen);
    if (page == nullptr || !page->card.value)
        return;
    if (turn.app.session.assurance < Assurance::TwoFactors)
        return turn.open(SignIn{.step_up = true});
    CardPrint print{.since = turn.now.mono};
    if (page->pictures.value)
        print.pictures = *page->pictures.value;
    print.request = turn.ask(IssueCard{.language = turn.app.settings.language});
    turn.open(std::move(print));
}

void proceed(Turn& turn, CardPrint& screen) {
    if (turn.app.session.sets_anew.empty())
        return turn.go_home();
    // Who comes back and has no card of it sets up something else.
    if (screen.stage == PrintStage::Done)
        return next_of_return(turn);
    turn.back();
}

void on_print_moved(Turn& turn, RequestNumber request, PrintMoved& event) {
    if (auto* card = turn.find<CardPrint>(); card != nullptr && card->request == request) {
        card->stage = event.stage;
        card->failure = std::move(event.failure);
        if (card->failure && card->failure->kind == ErrorKind::StepUpNeeded && turn.on_top<CardPrint>()) {
            turn.back();
            turn.open(SignIn{.step_up = true});
        }
    } else if (auto* letter = turn.find<LetterPrint>(); letter != nullptr && letter->request == request) {
        letter->stage = event.stage;
        letter->failure = std::move(event.failure);
    }
}

void proceed(Turn& turn, MailCard& screen) {
    if (screen.kept)
        return turn.back();
    auto operation = operation_of(turn.app);
    operation.request_mailed_card =
        api::RequestMailedCard{.reason = std::string(card_reasons.at(screen.reason))};
    screen.doing.begin(turn.ask(KeepOperation{std::move(operation)}));
}

void enter(Turn& turn, Requests& screen) {
    screen.requests.begin(turn.ask(FetchRequests{}));
}

void ask_withdraw(Turn& turn, std::string const& operation_id) {
    auto* requests = std::get_if<Requests>(&turn.app.screen);
    if (requests == nullptr)
        return;
    if (turn.app.session.assurance < Assurance::TwoFactors)
        return turn.open(SignIn{.step_up = true});
    requests->withdrawing = operation_id;
}

void confirm_withdraw(Turn& turn, bool yes) {
    auto* requests = std::get_if<Requests>(&turn.app.screen);
    if (requests == nullptr || requests->withdrawing.empty() || requests->doing.waiting())
        return;
    if (yes) {
        auto operation = operation_of(turn.app);
        operation.withdraw_request = api::WithdrawRequest{requests->withdrawing};
        requests->doing.begin(turn.ask(KeepOperation{std::move(operation)}));
    }
    requests->withdrawing.clear();
}

void on_outbox_changed(Turn& turn, client::OutboxCounts const& counts) {
    bool const sent = counts.waiting < turn.app.facts.outbox.waiting;
    turn.app.facts.outbox = counts;
    // What was on its way has arrived: the list can say how it stands.
    if (auto* requests = std::get_if<Requests>(&turn.app.screen); requests != nullptr && sent) {
        requests->withdrawal_kept = false;
        enter(turn, *requests);
    }
}

void on_operation_kept(Turn& turn, RequestNumber request, OperationKept& event) {
    Error const* const failure = event.result.has_error() ? &event.result.error() : nullptr;
    if (auto* eob = turn.find<EobPage>(); eob != nullptr && eob->answering.take(request, failure)) {
        if (failure == nullptr)
            eob->answered.push_back(eob->answering_kind);
    } else if (eob != nullptr && eob->mailing.take(request, failure)) {
        eob->mail_kept = failure == nullptr;
    } else if (auto* mail = turn.find<MailCard>(); mail != nullptr && mail->doing.take(request, failure)) {
        mail->kept = failure == nullptr;
    } else if (auto* requests = turn.find<Requests>();
               requests != nullptr && requests->doing.take(request, failure)) {
        requests->withdrawal_kept = failure == nullptr;
    } else if (auto* report = turn.find<ReportListing>();
               report != nullptr && report->doing.take(request, failure)) {
        report->kept = failure == nullptr;
    } else if (auto* edit = std::get_if<ContactEdit>(&turn.app.screen);
               edit != nullptr && edit->doing.take(request, failure) && failure == nullptr) {
        turn.back();
        if (auto* contact = std::get_if<Contact>(&turn.app.screen))
            contact->change_kept = true;
    }
}

void pick(Turn& turn, Picked const& picked) {
    auto& screen = turn.app.screen;
    if (pick_call_back(turn, picked))
        return;
    auto* claims = std::get_if<Claims>(&screen);
    auto* doctors = std::get_if<FindDoctor>(&screen);
    switch (picked.choice) {
    case Choice::ClaimStatus:
        if (claims != nullptr && picked.index < std::size(claim_statuses)) {
            claims->filter.status = picked.index;
            search_again(turn, *claims);
        }
        return;
    case Choice::ClaimPerson:
        if (claims != nullptr && picked.index <= claims->people.size()) {
            claims->filter.person = picked.index == 0 ? std::string() : claims->people[picked.index - 1];
            search_again(turn, *claims);
        }
        return;
    case Choice::ClaimPeriod:
        if (claims != nullptr && picked.index < std::size(claim_period_months)) {
            claims->filter.period = picked.index;
            search_again(turn, *claims);
        }
        return;
    case Choice::CardSide:
        if (auto* card = std::get_if<CardPage>(&screen))
            card->side = picked.index;
        return;
    case Choice::MailReason:
        if (auto* mail = std::get_if<MailCard>(&screen);
            mail != nullptr && picked.index < card_reasons.size())
            mail->reason = picked.index;
        return;
    case Choice::ReportWhat:
        if (auto* report = std::get_if<ReportListing>(&screen);
            report != nullptr && picked.index < std::size(report_reasons))
            report->what = picked.index;
        return;
    case Choice::DoctorAccepting:
        if (doctors != nullptr)
            doctors->accepting = picked.index == 1;
        break;
    case Choice::DoctorInPlan:
        if (doctors != nullptr)
            doctors->in_plan = picked.index == 1;
        break;
    case Choice::DoctorLanguage:
        if (doctors != nullptr && picked.index < std::size(doctor_languages))
            doctors->language = picked.index;
        break;
    case Choice::CallAbout:
    case Choice::CallWhere:
    case Choice::CallLanguage:
        return;
    }
    if (doctors != nullptr && doctors->searched)
        proceed(turn, *doctors);
}

} // namespace portico::kiosk
