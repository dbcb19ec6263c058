#include "kiosk/card_issue/card_issue.h"
#include "tests/support/catch.h"

#include <set>

using namespace portico;
using namespace portico::kiosk;

TEST_CASE("card issue: the machine offers to send only once, written down, with the person there") {
    // All states that any order of answers can reach.
    std::vector<CardIssueEvent> const events{
        Written{},
        SubmitAnswered{PrintJobId{1}},
        SubmitAnswered{error(ErrorKind::Unavailable, "printer_offline")},
        SubmitAnswered{error(ErrorKind::TimedOut, "print_outcome_unknown")},
        LookAnswered{std::optional<PrintJob>{}},
        LookAnswered{std::optional(PrintJob{{1}, PrintJobState::Queued})},
        LookAnswered{std::optional(PrintJob{{1}, PrintJobState::Printing})},
        LookAnswered{std::optional(PrintJob{{1}, PrintJobState::OutOfMedia})},
        LookAnswered{std::optional(PrintJob{{1}, PrintJobState::Jammed})},
        LookAnswered{std::optional(PrintJob{{1}, PrintJobState::Completed})},
        LookAnswered{std::optional(PrintJob{{1}, PrintJobState::Aborted})},
        LookAnswered{std::optional(PrintJob{{1}, PrintJobState::Cancelled})},
        LookAnswered{error(ErrorKind::Unavailable, "printer_offline")},
        CancelAnswered{ok()},
        CancelAnswered{error(ErrorKind::Conflict, "print_job_over")},
        OutputAnswered{PrinterOutput::Taken},
        OutputAnswered{PrinterOutput::Waiting},
        OutputAnswered{std::nullopt},
        PersonTook{},
        PersonLeft{},
        NotReady{"out_of_cards"},
        WaitedTooLong{},
        Reported{}};
    auto const key = [](CardIssue const& issue) {
        return std::string(name(issue.step)) + "/" + issue.detail + "/" +
               std::to_string(issue.written * 1 + issue.reported * 2 + issue.recovered * 4 +
                              issue.submitted * 8 + issue.person_left * 16 + issue.cancelled * 32 +
                              issue.unreachable * 64 + issue.gave_up * 128) +
               "/" + (issue.job ? portico::name(issue.job->state) : "");
    };
    CardIssue fresh;
    fresh.id = CardIssueId("issue");
    fresh.ticket = {"ticket"};
    std::vector<CardIssue> todo{fresh};
    for (auto const step : {CardIssueStep::Reserved, CardIssueStep::Sending, CardIssueStep::Printing,
                            CardIssueStep::Completed, CardIssueStep::Unknown}) {
        auto from_journal = fresh;
        from_journal.step = step;
        todo.push_back(recovered(from_journal));
    }
    std::set<std::string> seen;
    while (!todo.empty()) {
        auto const issue = todo.back();
        todo.pop_back();
        if (!seen.insert(key(issue)).second)
            continue;
        if (next_action(issue) == CardIssueAction::Submit) {
            CHECK(issue.step == CardIssueStep::Sending);
            CHECK(issue.written);
            CHECK(!issue.submitted);
            CHECK(!issue.recovered);
            CHECK(!issue.person_left);
        }
        if (issue.reported)
            CHECK(is_over(issue.step));
        for (auto const& event : events) {
            // Only answers to what was asked, and what may come at any time.
            auto const action = next_action(issue);
            bool const asked =
                (std::holds_alternative<Written>(event) && action == CardIssueAction::Write) ||
                (std::holds_alternative<SubmitAnswered>(event) && action == CardIssueAction::Submit) ||
                (std::holds_alternative<LookAnswered>(event) &&
                 (action == CardIssueAction::Look || action == CardIssueAction::Cancel)) ||
                (std::holds_alternative<CancelAnswered>(event) && action == CardIssueAction::Cancel) ||
                (std::holds_alternative<OutputAnswered>(event) && action == CardIssueAction::AwaitTaken) ||
                (std::holds_alternative<Reported>(event) && action == CardIssueAction::Report) ||
                std::holds_alternative<PersonTook>(event) || std::holds_alternative<PersonLeft>(event) ||
                std::holds_alternative<NotReady>(event) || std::holds_alternative<WaitedTooLong>(event);
            if (!asked)
                continue;
            auto const next = apply(issue, event);
            if (is_over(issue.step))
                CHECK(next.step == issue.step);
            // What the printer has may always have become a card.
            if (issue.submitted && !is_over(issue.step))
                CHECK(next.step != CardIssueStep::Failed);
            todo.push_back(next);
        }
    }
    CHECK(seen.size() > 100);
}
