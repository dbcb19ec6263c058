#include "kiosk/card_issue/card_issue.h"

#include <algorithm>
#include <array>
#include <utility>

namespace portico::kiosk {

namespace {

constexpr std::array steps{
    std::pair{CardIssueStep::Reserved, "reserved"}, std::pair{CardIssueStep::Sending, "sending"},
    std::pair{CardIssueStep::Printing, "printing"}, std::pair{CardIssueStep::Completed, "completed"},
    std::pair{CardIssueStep::Taken, "taken"},       std::pair{CardIssueStep::LeftBehind, "left_behind"},
    std::pair{CardIssueStep::Failed, "failed"},     std::pair{CardIssueStep::Unknown, "unknown"}};

void go(CardIssue& issue, CardIssueStep step, std::string detail = {}) {
    issue.step = step;
    issue.detail = std::move(detail);
    issue.written = false;
}

void follow(CardIssue& issue, PrintJob const& job) {
    issue.job = job;
    switch (job.state) {
    case PrintJobState::Completed:
        go(issue, CardIssueStep::Completed);
        return;
    case PrintJobState::Aborted:
        go(issue, CardIssueStep::Unknown, "print_aborted");
        return;
    case PrintJobState::Cancelled:
        // A printer says that it has no cards also while it prints its last one, and no look is sure to see
        // it at work: a job taken back may have made its card.
        go(issue, CardIssueStep::Unknown, "print_cancelled");
        return;
    case PrintJobState::Unknown:
        go(issue, CardIssueStep::Unknown, "printer_lost_record");
        return;
    case PrintJobState::Printing:
    case PrintJobState::Jammed:
    case PrintJobState::Queued:
    case PrintJobState::OutOfMedia:
        break;
    }
    if (issue.step == CardIssueStep::Sending)
        go(issue, CardIssueStep::Printing);
}

void on(CardIssue& issue, Written const& /*event*/) {
    issue.written = true;
    if (issue.step == CardIssueStep::Reserved)
        go(issue, CardIssueStep::Sending);
}

void on(CardIssue& issue, SubmitAnswered const& event) {
    if (issue.step != CardIssueStep::Sending)
        return;
    issue.submitted = true;
    if (event.answer) {
        issue.job = PrintJob{event.answer.value(), PrintJobState::Queued};
        go(issue, CardIssueStep::Printing);
        return;
    }
    // Only these say that nothing was sent; after any other a job may be on its way.
    constexpr std::array nothing_sent{"printer_offline", "printer_refused", "print_ticket_invalid",
                                      "cancelled"};
    auto const& reason = event.answer.error().reason;
    if (std::find(nothing_sent.begin(), nothing_sent.end(), reason) != nothing_sent.end())
        go(issue, CardIssueStep::Failed, reason);
}

void on(CardIssue& issue, LookAnswered const& event) {
    if (issue.step != CardIssueStep::Sending && issue.step != CardIssueStep::Printing)
        return;
    issue.unreachable = !event.answer;
    if (!event.answer)
        return; // no answer proves nothing
    if (auto const& job = event.answer.value())
        follow(issue, *job);
    else
        go(issue, CardIssueStep::Unknown,
           issue.step == CardIssueStep::Sending ? "printer_has_no_record" : "printer_lost_record");
}

void on(CardIssue& issue, CancelAnswered const& event) {
    if (issue.step != CardIssueStep::Printing)
        return;
    issue.cancelled = issue.cancelled || event.answer.has_value();
}

void on(CardIssue& issue, OutputAnswered const& event) {
    if (issue.step != CardIssueStep::Completed)
        return;
    if (event.output == PrinterOutput::Taken)
        go(issue, CardIssueStep::Taken);
    else if (issue.person_left)
        go(issue, CardIssueStep::LeftBehind, event.output ? "left_behind" : "not_seen_taken");
}

void on(CardIssue& issue, PersonTook const& /*event*/) {
    if (issue.step == CardIssueStep::Completed)
        go(issue, CardIssueStep::Taken);
}

void on(CardIssue& issue, PersonLeft const& /*event*/) {
    issue.person_left = true;
    if (issue.step == CardIssueStep::Reserved || (issue.step == CardIssueStep::Sending && !issue.submitted))
        go(issue, CardIssueStep::Failed, "person_left");
}

void on(CardIssue& issue, NotReady const& event) {
    if (issue.step == CardIssueStep::Reserved || (issue.step == CardIssueStep::Sending && !issue.submitted))
        go(issue, CardIssueStep::Failed, event.reason);
}

void on(CardIssue& issue, WaitedTooLong const& /*event*/) {
    if (issue.step == CardIssueStep::Completed)
        go(issue, CardIssueStep::LeftBehind, "not_seen_taken");
    else if (issue.step == CardIssueStep::Printing && !issue.unreachable && !issue.gave_up)
        issue.gave_up = true; // take it back first: later it would print for somebody else
    else if (issue.step == CardIssueStep::Sending || issue.step == CardIssueStep::Printing)
        go(issue, CardIssueStep::Unknown, issue.unreachable ? "printer_unreachable" : "still_in_printer");
}

void on(CardIssue& issue, Reported const& /*event*/) {
    issue.reported = is_over(issue.step);
}

} // namespace

char const* name(CardIssueStep step) {
    for (auto const& [each, text] : steps)
        if (each == step)
            return text;
    return "unknown";
}

std::optional<CardIssueStep> card_issue_step_from_name(std::string_view text) {
    for (auto const& [each, known] : steps)
        if (text == known)
            return each;
    return std::nullopt;
}

bool is_over(CardIssueStep step) {
    return step == CardIssueStep::Taken || step == CardIssueStep::LeftBehind ||
           step == CardIssueStep::Failed || step == CardIssueStep::Unknown;
}

CardIssueAction next_action(CardIssue const& issue) {
    if (!issue.written)
        return CardIssueAction::Write;
    switch (issue.step) {
    case CardIssueStep::Reserved:
        return CardIssueAction::Write;
    case CardIssueStep::Sending:
        return issue.submitted || issue.recovered ? CardIssueAction::Look : CardIssueAction::Submit;
    case CardIssueStep::Printing:
        return (issue.person_left || issue.gave_up) && !issue.cancelled && issue.job &&
                       waits_in_printer(issue.job->state)
                   ? CardIssueAction::Cancel
                   : CardIssueAction::Look;
    case CardIssueStep::Completed:
        return CardIssueAction::AwaitTaken;
    case CardIssueStep::Taken:
    case CardIssueStep::LeftBehind:
    case CardIssueStep::Failed:
    case CardIssueStep::Unknown:
        return issue.reported ? CardIssueAction::Nothing : CardIssueAction::Report;
    }
    return CardIssueAction::Nothing;
}

CardIssue apply(CardIssue issue, CardIssueEvent const& event) {
    std::visit([&issue](auto const& each) { on(issue, each); }, event);
    return issue;
}

CardIssue recovered(CardIssue from_journal) {
    auto issue = std::move(from_journal);
    issue.recovered = true;
    issue.person_left = true;
    issue.written = true;
    // Nothing was sent, and the card's data is gone with the process that had it.
    if (issue.step == CardIssueStep::Reserved)
        go(issue, CardIssueStep::Failed, "interrupted");
    return issue;
}

CardIssueOutcome outcome_of(CardIssue const& issue) {
    auto const* outcome = issue.step == CardIssueStep::Failed ? "failed"
                          : issue.step == CardIssueStep::Taken || issue.step == CardIssueStep::LeftBehind
                              ? "completed"
                              : "unknown";
    return {issue.id, outcome, issue.detail};
}

} // namespace portico::kiosk
