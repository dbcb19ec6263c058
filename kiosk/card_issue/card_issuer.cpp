#include "kiosk/card_issue/card_issuer.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace portico::kiosk {

namespace {

bool holds_media_empty(PrinterStatus const& status) {
    auto const* stopped = std::get_if<PrinterStopped>(&status.state);
    return stopped != nullptr && std::find(stopped->conditions.begin(), stopped->conditions.end(),
                                           PrinterCondition::MediaEmpty) != stopped->conditions.end();
}

Result<void> ready(PrinterStatus const& status) {
    if (std::holds_alternative<PrinterOffline>(status.state))
        return error(ErrorKind::Unavailable, "printer_offline", "the card printer does not answer");
    if (status.output == PrinterOutput::Waiting)
        return error(ErrorKind::Refused, "card_in_output", "a card lies in the card printer's output");
    if (holds_media_empty(status))
        return error(ErrorKind::Refused, "out_of_cards", "the card printer has no cards");
    if (std::holds_alternative<PrinterStopped>(status.state))
        return error(ErrorKind::Refused, "printer_stopped", "the card printer waits for somebody to help");
    return ok();
}

CardIssueProgress progress_of(CardIssue const& issue) {
    return {issue.step, issue.job ? std::optional(issue.job->state) : std::nullopt, issue.unreachable};
}

std::chrono::seconds wait_max(CardIssueStep step) {
    return std::chrono::seconds(step == CardIssueStep::Completed ? take_wait_max_s : print_wait_max_s);
}

} // namespace

void pause_print_poll(std::stop_token person_left, std::stop_token shutdown) {
    // Once the person has left there is nothing more to hear from that token.
    auto const token = person_left.stop_requested() ? shutdown : person_left;
    std::mutex guard;
    std::condition_variable_any wake;
    std::unique_lock lock(guard);
    std::stop_callback const on_shutdown(shutdown, [&] {
        std::lock_guard const inner(guard);
        wake.notify_all();
    });
    wake.wait_for(lock, token, std::chrono::milliseconds(print_poll_interval_ms),
                  [&] { return shutdown.stop_requested(); });
}

Result<void> CardIssuer::settle(PrintTicket const& ticket, UtcTime since, std::stop_token cancel) {
    auto found = TRY(parts_.printer.find(ticket, cancel));
    if (found && !is_final(found->state)) {
        // Nobody stands there any more for whom it would print.
        static_cast<void>(parts_.printer.cancel_job(found->id, cancel));
        found = TRY(parts_.printer.find(ticket, cancel));
        if (found && !is_final(found->state))
            return error(ErrorKind::Refused, "card_in_printer", "the printer holds a card of a former visit");
    }
    auto const now = parts_.clock.now();
    // A clock that was set back must not keep the printer from working.
    bool const quiet = now < since || now - since >= std::chrono::seconds(settle_quiet_s);
    if (!found && !quiet)
        return error(ErrorKind::Unavailable, "printer_settling",
                     "a print of unknown outcome may still reach the printer");
    return parts_.journal.mark_settled(ticket);
}

Result<void> CardIssuer::check_ready(std::stop_token cancel) {
    if (!TRY(parts_.journal.open_issues()).empty())
        return error(ErrorKind::Conflict, "card_issue_open", "an earlier card issue is not over");
    for (auto const& each : TRY(parts_.journal.unsettled_issues()))
        TRY(settle(each.ticket, each.since, cancel));
    return ready(parts_.printer.status(cancel));
}

Result<CardIssue> CardIssuer::write(CardIssue issue) {
    if (issue.step == CardIssueStep::Reserved)
        TRY(parts_.journal.begin(issue, parts_.clock.now()));
    else
        TRY(parts_.journal.write(issue, parts_.clock.now()));
    return apply(std::move(issue), Written{});
}

Result<CardIssue> CardIssuer::begin(CardIssueId const& id, PrintTicket const& ticket) {
    if (reserved_ && reserved_->id == id && reserved_->ticket == ticket) {
        auto issue = std::move(*reserved_);
        reserved_.reset();
        return issue;
    }
    if (!TRY(parts_.journal.open_issues()).empty())
        return error(ErrorKind::Conflict, "card_issue_open", "an earlier card issue is not over");
    CardIssue issue;
    issue.id = id;
    issue.ticket = ticket;
    return write(std::move(issue));
}

Result<void> CardIssuer::reserve(CardIssueId const& id, PrintTicket const& ticket) {
    reserved_ = TRY(begin(id, ticket));
    return ok();
}

CardIssue CardIssuer::cancel(CardIssue issue, std::stop_token shutdown) {
    // Numbers begin anew when a printer restarts: ask for today's before taking a job back by its number.
    LookAnswered const look{parts_.printer.find(issue.ticket, shutdown)};
    issue = apply(std::move(issue), look);
    if (issue.step != CardIssueStep::Printing || issue.unreachable ||
        next_action(issue) != CardIssueAction::Cancel)
        return issue;
    CancelAnswered const event{parts_.printer.cancel_job(issue.job->id, shutdown)};
    return apply(std::move(issue), event);
}

Result<CardIssue> CardIssuer::do_next(CardIssue issue, ByteView pdf, std::stop_token person_left,
                                      std::stop_token shutdown) {
    switch (next_action(issue)) {
    case CardIssueAction::Write:
        return write(std::move(issue));
    case CardIssueAction::Submit: {
        SubmitAnswered const event{
            parts_.printer.submit(issue.ticket, pdf, PrintMedia::Cr80, PrintSides::Two, person_left)};
        return apply(std::move(issue), event);
    }
    case CardIssueAction::Look: {
        LookAnswered const event{parts_.printer.find(issue.ticket, shutdown)};
        return apply(std::move(issue), event);
    }
    case CardIssueAction::Cancel:
        return cancel(std::move(issue), shutdown);
    case CardIssueAction::AwaitTaken: {
        auto const status = parts_.printer.status(shutdown);
        return apply(std::move(issue), OutputAnswered{status.output});
    }
    case CardIssueAction::Report:
        TRY(parts_.report(outcome_of(issue)));
        TRY(parts_.journal.mark_reported(issue.id, parts_.clock.now()));
        return apply(std::move(issue), Reported{});
    case CardIssueAction::Nothing:
        break;
    }
    return issue;
}

Result<CardIssueOutcome> CardIssuer::run(CardIssueId const& id, PrintTicket const& ticket, ByteView pdf,
                                         std::stop_token person_left, std::stop_token shutdown,
                                         std::function<void(CardIssueProgress const&)> const& progress) {
    person_took_ = false;
    auto issue = TRY(begin(id, ticket));
    // The journal's own entry for this issue is what check_ready would take for an open one.
    for (auto const& each : TRY(parts_.journal.unsettled_issues()))
        if (auto const settled = settle(each.ticket, each.since, shutdown); !settled)
            issue = apply(std::move(issue), NotReady{settled.error().reason});
    if (auto const can_print = ready(parts_.printer.status(shutdown)); !can_print)
        issue = apply(std::move(issue), NotReady{can_print.error().reason});

    auto shown = progress_of(issue);
    progress(shown);
    auto last_news = parts_.clock.monotonic();
    while (next_action(issue) != CardIssueAction::Nothing) {
        if (shutdown.stop_requested())
            return error(ErrorKind::Cancelled, "shutdown",
                         "the kiosk stops; the card issue stays in the journal");
        if (person_left.stop_requested() && !issue.person_left)
            issue = apply(std::move(issue), PersonLeft{});
        if (person_took_.exchange(false))
            issue = apply(std::move(issue), PersonTook{});

        auto const action = next_action(issue);
        issue = TRY(do_next(std::move(issue), pdf, person_left, shutdown));
        if (auto const now_shown = progress_of(issue); now_shown != shown) {
            shown = now_shown;
            progress(shown);
            last_news = parts_.clock.monotonic();
        } else if (action == CardIssueAction::Look || action == CardIssueAction::Cancel ||
                   action == CardIssueAction::AwaitTaken) {
            if (parts_.clock.monotonic() - last_news >= wait_max(issue.step))
                issue = apply(std::move(issue), WaitedTooLong{});
            else
                parts_.pause(person_left, shutdown);
        }
    }
    return outcome_of(issue);
}

Result<CardIssueOutcome> CardIssuer::give_up(CardIssueId const& id, PrintTicket const& ticket,
                                             std::string const& reason) {
    auto issue = apply(TRY(begin(id, ticket)), NotReady{reason});
    while (next_action(issue) != CardIssueAction::Nothing)
        issue = TRY(do_next(std::move(issue), {}, {}, {}));
    return outcome_of(issue);
}

Result<std::size_t> CardIssuer::recover(std::stop_token shutdown) {
    std::size_t open = 0;
    bool unanswered = false;
    auto const now = parts_.clock.monotonic();
    for (auto const& entry : TRY(parts_.journal.open_issues())) {
        auto issue = recovered(entry);
        // Bounded: each look or cancel that brings no news ends this round for this issue.
        for (bool news = true; news && next_action(issue) != CardIssueAction::Nothing;) {
            auto const before = issue;
            issue = TRY(do_next(std::move(issue), {}, {}, shutdown));
            auto const same_job = issue.job == before.job;
            news = issue.step != before.step || issue.written != before.written ||
                   issue.reported != before.reported || issue.cancelled != before.cancelled || !same_job;
            if (!news && unanswered_since_ &&
                now - *unanswered_since_ >= std::chrono::seconds(print_wait_max_s)) {
                issue = apply(std::move(issue), WaitedTooLong{});
                news = true;
            }
        }
        if (next_action(issue) != CardIssueAction::Nothing) {
            ++open;
            unanswered = true;
        }
    }
    if (!unanswered)
        unanswered_since_.reset();
    else if (!unanswered_since_)
        unanswered_since_ = now;
    return open;
}

} // namespace portico::kiosk
