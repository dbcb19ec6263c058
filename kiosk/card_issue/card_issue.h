#pragma once

#include "shared/base/ids.h"
#include "shared/devices/printer.h"

#include <optional>
#include <string>
#include <string_view>
#include <variant>

/// One person's card, from the number that central gave to the card in the hand. Pure: what is to be done
/// next, and what an answer means. Each step is in the journal before its deed; whatever happens, an issue
/// sends its card to the printer once at most, and what nobody can know is said to be unknown.
namespace portico::kiosk {

enum class CardIssueStep : std::uint8_t {
    Reserved,   ///< central is asked for the card's number, or has given it; nothing was sent
    Sending,    ///< written before the printer is first spoken to: from here on a card may exist
    Printing,   ///< the printer has the job
    Completed,  ///< printed; lies in the output as far as known
    Taken,      ///< over: the person has it
    LeftBehind, ///< over: printed and not seen taken; staff look into the output
    Failed,     ///< over: surely no card came out of it, and none will
    Unknown,    ///< over: nobody can tell; staff look, it is never printed again by itself
};

/// "reserved", "sending"...: as the journal has it.
char const* name(CardIssueStep step);
std::optional<CardIssueStep> card_issue_step_from_name(std::string_view text);
bool is_over(CardIssueStep step);

struct CardIssue {
    CardIssueId id;
    PrintTicket ticket;
    CardIssueStep step = CardIssueStep::Reserved;
    std::string detail;    ///< why, in snake_case, once it is over: "printer_offline"
    bool written = false;  ///< the journal holds this step
    bool reported = false; ///< the outcome is in the outbox

    // Lost in a crash, on purpose: a new process has neither the card's data nor the person before it.
    bool recovered = false;      ///< read from the journal at start-up
    bool submitted = false;      ///< this process has sent it, or tried
    bool person_left = false;    ///< the session is over; true when recovered
    bool gave_up = false;        ///< it stood still too long
    bool cancelled = false;      ///< the printer took our cancel
    bool unreachable = false;    ///< the last question got no answer
    std::optional<PrintJob> job; ///< as last seen
};

/// What to do next. One at a time; its answer goes to `apply`.
enum class CardIssueAction : std::uint8_t {
    Write,      ///< the step into the journal
    Submit,     ///< to the printer, with the ticket
    Look,       ///< find the ticket; pause first when it was looked up just now
    Cancel,     ///< the job: its person is gone and it has not begun
    AwaitTaken, ///< look whether the output is empty; pause between
    Report,     ///< the outcome, to the outbox
    Nothing,    ///< it is over and reported
};
CardIssueAction next_action(CardIssue const& issue);

struct Written {};
struct SubmitAnswered {
    Result<PrintJobId> answer;
};
struct LookAnswered {
    Result<std::optional<PrintJob>> answer;
};
struct CancelAnswered {
    Result<void> answer;
};
struct OutputAnswered {
    std::optional<PrinterOutput> output; ///< empty: no sensor
};
struct PersonTook {}; ///< they say so on the screen
struct PersonLeft {}; ///< the session ended
/// A name for why it may not even be sent: "out_of_cards", "card_in_output".
struct NotReady {
    std::string reason;
};
struct WaitedTooLong {};
struct Reported {};

using CardIssueEvent = std::variant<Written, SubmitAnswered, LookAnswered, CancelAnswered, OutputAnswered,
                                    PersonTook, PersonLeft, NotReady, WaitedTooLong, Reported>;

/// The issue after the event. An event that does not belong to the step changes nothing.
CardIssue apply(CardIssue issue, CardIssueEvent const& event);

/// What the journal says, in a new process.
CardIssue recovered(CardIssue from_journal);

/// As central is told: api::CardIssued. Errors: none; only for an issue that is over.
struct CardIssueOutcome {
    CardIssueId id;
    std::string outcome; ///< "completed", "failed", "unknown"
    std::string detail;
    bool operator==(CardIssueOutcome const&) const = default;
};
CardIssueOutcome outcome_of(CardIssue const& issue);

} // namespace portico::kiosk
