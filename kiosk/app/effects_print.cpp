#include "kiosk/app/card_pictures.h"
#include "kiosk/app/effects.h"

#include "shared/base/uuid.h"
#include "shared/documents/eob_letter.h"
#include "shared/documents/id_card_document.h"
#include "shared/documents/provider_list_document.h"

#include <algorithm>

namespace portico::kiosk {

namespace {

Date today(Clock const& clock) {
    auto const days = std::chrono::floor<std::chrono::days>(clock.now());
    return date_from_day_number(days.time_since_epoch().count());
}

/// As it stands on the card; only its end where the plan has no card for this member.
std::string member_id(Job const& job, api::Home const& home, documents::Texts const& texts) {
    auto const card = job.heard(job.services.central.id_card(job.with()));
    if (card.has_value() && !card.value().card.member_id.empty())
        return card.value().card.member_id;
    return texts.text("document.eob.fact.member_id_end", {{"end", home.member_id_end}});
}

/// Where the plan takes letters: the first address among the ways to reach it.
std::string write_to(Job const& job) {
    auto const ways = job.services.replica.contact_ways();
    if (ways.has_value())
        for (auto const& way : ways.value())
            if (way.kind == "address")
                return way.value;
    return {};
}

Result<Bytes> letter_pdf(Job const& job, PrintEobLetter const& command) {
    // The letter goes to the person whose claim it is, at the address on file: both come from central.
    auto const home = TRY(job.heard(job.services.central.home(job.with())));
    auto const contact = TRY(job.heard(job.services.central.contact_details(job.with())));
    auto const& texts = job.texts(command.language);
    documents::EobLetter letter{.eob = command.detail.eob,
                                .plan_name = job.services.plan_name,
                                .product_name = {},
                                .member_name = home.name.full(),
                                .patient_name = command.detail.patient_given_name,
                                .member_id = member_id(job, home, texts),
                                .group = {},
                                .mail_to = contact.address,
                                .accumulators = home.accumulators,
                                .findings = command.detail.findings,
                                .appeal = {.address = write_to(job)},
                                .service_phone = command.service_phone,
                                .web = {},
                                .printed = today(job.services.clock)};
    if (home.coverage) {
        letter.product_name = home.coverage->plan_name;
        letter.group = home.coverage->group;
    }
    if (home.plan) {
        if (!home.plan->service_phone.empty())
            letter.service_phone = home.plan->service_phone;
        letter.web = home.plan->web;
    }
    return documents::eob_letter_pdf(letter, texts);
}

PrintStage stage_of(PrintJobState state) {
    switch (state) {
    case PrintJobState::OutOfMedia:
    case PrintJobState::Jammed:
        return PrintStage::Waiting;
    case PrintJobState::Completed:
        return PrintStage::Done;
    case PrintJobState::Aborted:
    case PrintJobState::Cancelled:
        return PrintStage::Failed;
    case PrintJobState::Queued:
    case PrintJobState::Printing:
    case PrintJobState::Unknown:
        break;
    }
    return PrintStage::Printing;
}

void print_paper(Job const& job, Result<Bytes> const& pdf) {
    if (pdf.has_error())
        return job.reply(PrintMoved{PrintStage::Failed, pdf.error()});
    LetterPrinter printer({.printer = job.services.letter_printer,
                           .journal = job.services.letter_journal,
                           .clock = job.services.clock});
    PrintTicket const ticket{make_uuid_v7(job.services.clock)};
    auto const outcome = printer.print(ticket, pdf.value(), PrintMedia::Letter, job.session_ended,
                                       job.shutdown, [&](PrintJobState state) {
                                           job.reply(PrintMoved{stage_of(state), {}});
                                       });
    if (outcome.has_error())
        return job.reply(PrintMoved{PrintStage::Failed, outcome.error()});
    switch (outcome.value()) {
    case LetterOutcome::Printed:
        return job.reply(PrintMoved{PrintStage::Done, {}});
    case LetterOutcome::NotPrinted:
        return job.reply(PrintMoved{PrintStage::Failed, {}});
    case LetterOutcome::Unknown:
        return job.reply(PrintMoved{PrintStage::Unknown, {}});
    }
}

/// Into the outbox under the issue's own id, so that a report that is made twice is one.
Result<void> report_issue(Services& services, std::string const& token, CardIssueOutcome const& outcome) {
    api::Operation operation;
    operation.id = outcome.id.text();
    operation.session_token = token;
    operation.card_issued =
        api::CardIssued{.issue_id = outcome.id.text(), .outcome = outcome.outcome, .detail = outcome.detail};
    auto const kept = services.outbox.add(std::move(operation));
    if (kept.has_error())
        return kept.error();
    return ok();
}

CardIssuer issuer_for(Services& services, std::string token) {
    return CardIssuer({.printer = services.card_printer,
                       .journal = services.card_journal,
                       .clock = services.clock,
                       .report = [&services, token = std::move(token)](CardIssueOutcome const& outcome) {
                           return report_issue(services, token, outcome);
                       }});
}

PrintStage stage_of(CardIssueProgress const& progress) {
    switch (progress.step) {
    case CardIssueStep::Reserved:
    case CardIssueStep::Sending:
        return PrintStage::Preparing;
    case CardIssueStep::Printing:
        return progress.job ? stage_of(*progress.job) : PrintStage::Printing;
    case CardIssueStep::Completed:
    case CardIssueStep::Taken:
    case CardIssueStep::LeftBehind:
        return PrintStage::Done;
    case CardIssueStep::Failed:
        return PrintStage::Failed;
    case CardIssueStep::Unknown:
        break;
    }
    return PrintStage::Unknown;
}

Result<CardIssueOutcome> issue_card(Job const& job, IssueCard const& command) {
    auto& services = job.services;
    // What an earlier visit left open comes to its end first; this person's session does not speak for it.
    (void)TRY(issuer_for(services, {}).recover(job.shutdown));
    CardIssuer issuer = issuer_for(services, job.token);
    TRY(issuer.check_ready(job.session_ended));
    CardIssueId const id(make_uuid_v7(services.clock));
    PrintTicket const ticket{make_uuid_v7(services.clock)};
    TRY(issuer.reserve(id, ticket));
    auto const answer = job.heard(services.central.begin_card_issue(job.with(), {.issue_id = id.text()}));
    if (answer.has_error()) {
        TRY(issuer.give_up(id, ticket, answer.error().reason));
        return answer.error();
    }
    auto const& begun = answer.value();
    auto const pdf = [&]() -> Result<Bytes> {
        auto const symbols = TRY(card_symbols(begun.card));
        return documents::id_card_pdf(begun.card, symbols, job.texts(command.language));
    }();
    // Central has given a number: an issue that cannot be drawn must not stay open there.
    if (pdf.has_error()) {
        TRY(issuer.give_up(id, ticket, pdf.error().reason));
        return pdf.error();
    }
    return issuer.run(id, ticket, pdf.value(), job.session_ended, job.shutdown,
                      [&](CardIssueProgress const& progress) {
                          if (!is_over(progress.step))
                              job.reply(PrintMoved{stage_of(progress), {}});
                      });
}

} // namespace

void perform(Job const& job, RenderCard& command) {
    job.reply(Loaded<CardPictures>{draw_card(command.card, job.texts(command.language))});
}

void perform(Job const& job, PrintEobLetter& command) {
    print_paper(job, letter_pdf(job, command));
}

void perform(Job const& job, PrintDoctorList& command) {
    documents::ProviderList list{.plan_name = job.services.plan_name,
                                 .searched_for = command.searched_for,
                                 .providers = std::move(command.doctors),
                                 .found_count = command.found_count,
                                 .directory_date = {},
                                 .service_phone = {},
                                 .web = {}};
    list.found_count = std::max(list.found_count, list.providers.size());
    if (auto const at = job.services.replica.caught_up_at(); at.has_value() && at.value())
        list.directory_date = date_from_day_number(
            std::chrono::floor<std::chrono::days>(*at.value()).time_since_epoch().count());
    if (auto const ways = job.services.replica.contact_ways(); ways.has_value())
        for (auto const& way : ways.value()) {
            if (way.kind == "phone" && list.service_phone.empty())
                list.service_phone = way.value;
            if (way.kind == "web" && list.web.empty())
                list.web = way.value;
        }
    print_paper(job, documents::provider_list_pdf(
                         list, command.large ? documents::PrintSize::Large : documents::PrintSize::Standard,
                         job.texts(command.language)));
}

void perform(Job const& job, IssueCard& command) {
    auto const outcome = issue_card(job, command);
    if (outcome.has_error()) {
        // Nothing was begun, or the journal will end it.
        return job.reply(PrintMoved{PrintStage::Failed, outcome.error()});
    }
    auto const& how = outcome.value().outcome;
    job.reply(PrintMoved{how == "completed" ? PrintStage::Done
                         : how == "failed"  ? PrintStage::Failed
                                            : PrintStage::Unknown,
                         {}});
}

void recover_card_issues(Services& services, std::stop_token shutdown) {
    CardIssuer issuer = issuer_for(services, {});
    (void)issuer.recover(std::move(shutdown));
}

} // namespace portico::kiosk
