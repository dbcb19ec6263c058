#pragma once

#include "kiosk/card_issue/card_issue.h"
#include "kiosk/card_issue/card_journal.h"
#include "shared/base/clock.h"
#include "shared/devices/printer.h"

#include <atomic>
#include <chrono>
#include <functional>
#include <stop_token>

namespace portico::kiosk {

/// How long a job may stay without any news before nobody waits for it any longer.
inline constexpr int print_wait_max_s = 600;
/// How long a printed card may lie in the output while its person is there.
inline constexpr int take_wait_max_s = 120;
/// A job whose sending was cut off may still turn up in the printer; after this long it will not.
inline constexpr int settle_quiet_s = 60;
inline constexpr int print_poll_interval_ms = 500;

/// Returns at the next look at the printer, or at once when either token is stopped.
void pause_print_poll(std::stop_token person_left, std::stop_token shutdown);

/// What the issuer stands on. All outlive it.
struct CardIssuerParts {
    Printer& printer;
    CardJournal& journal;
    Clock const& clock;
    /// Puts the outcome into the outbox, durably. May be called again with the same outcome after a crash:
    /// the operation's id must follow from the issue's.
    std::function<Result<void>(CardIssueOutcome const&)> report;
    std::function<void(std::stop_token person_left, std::stop_token shutdown)> pause = pause_print_poll;
};

/// What the screen may say while a card is printed.
struct CardIssueProgress {
    CardIssueStep step{};
    std::optional<PrintJobState> job; ///< OutOfMedia, Jammed: somebody must help
    bool unreachable = false;
    bool operator==(CardIssueProgress const&) const = default;
};

/// Runs card issues against one printer. `run`, `recover` and `check_ready` block: one worker thread.
/// `person_took` from any thread.
class CardIssuer {
public:
    explicit CardIssuer(CardIssuerParts parts) : parts_(std::move(parts)) {}

    /// Whether a card could be printed now; ask before central reserves a number. Takes what a former visit
    /// left waiting out of the printer. Errors, all saying that nothing was begun:
    ///   card_issue_open (Conflict)          an earlier issue is not over: `recover` first
    ///   printer_offline, printer_settling (Unavailable)
    ///   out_of_cards, card_in_output, card_in_printer, printer_stopped (Refused)
    Result<void> check_ready(std::stop_token cancel);

    /// Writes the issue down before central is asked for its number, so that a full disk or a lost answer
    /// leaves no number open there: what follows is `run`, or `give_up`. Errors: card_issue_known,
    /// card_issue_open (Conflict); as CardJournal when the disk fails: nothing was begun.
    Result<void> reserve(CardIssueId const& id, PrintTicket const& ticket);

    /// Prints one card for the person of this session and stays until it is taken, left behind, failed or
    /// unknown, and that is reported. `person_left`: the session ended, or the person gave up. `shutdown`:
    /// leave all as it is, for `recover`. Errors: card_issue_known, card_issue_open (Conflict): not begun.
    /// Cancelled "shutdown". As CardJournal and `report` when the disk fails: the issue stays open in the
    /// journal, and `recover` ends it.
    Result<CardIssueOutcome> run(CardIssueId const& id, PrintTicket const& ticket, ByteView pdf,
                                 std::stop_token person_left, std::stop_token shutdown,
                                 std::function<void(CardIssueProgress const&)> const& progress);

    /// Ends an issue for which no card could be made: central refused or did not answer
    /// ("central_unreachable"), or the card cannot be drawn ("card_field_unfit"). Nothing is sent; the
    /// outcome is reported, so that the next issue may begin. Errors: as `run`.
    Result<CardIssueOutcome> give_up(CardIssueId const& id, PrintTicket const& ticket,
                                     std::string const& reason);

    /// Says that the person has the card, where no sensor does.
    void person_took() { person_took_ = true; }

    /// Ends what an earlier process left, as far as the printer answers: at start-up before any visit, and
    /// again while issues stay open. Never prints. Gives how many are still open. Errors: as CardJournal and
    /// `report`; what was not ended stays open.
    Result<std::size_t> recover(std::stop_token shutdown);

private:
    Result<CardIssue> do_next(CardIssue issue, ByteView pdf, std::stop_token person_left,
                              std::stop_token shutdown);
    Result<CardIssue> write(CardIssue issue);
    /// The issue as `reserve` left it in the journal, or newly written there.
    Result<CardIssue> begin(CardIssueId const& id, PrintTicket const& ticket);
    CardIssue cancel(CardIssue issue, std::stop_token shutdown);
    Result<void> settle(PrintTicket const& ticket, UtcTime since, std::stop_token cancel);

    CardIssuerParts parts_;
    std::atomic<bool> person_took_ = false;
    std::optional<CardIssue> reserved_;
    /// When issues that `recover` found unanswered were first asked about in this process.
    std::optional<MonoTime> unanswered_since_;
};

} // namespace portico::kiosk
