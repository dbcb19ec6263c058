#pragma once

#include "shared/base/encoding.h"
#include "shared/base/result.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <variant>
#include <vector>

namespace portico {

/// What keeps a printer from printing, or soon will. Source: IPP printer-state-reasons, RFC 8011
/// section 5.4.12.
enum class PrinterCondition : std::uint8_t {
    MediaEmpty, ///< no cards or paper
    MediaLow,
    MediaJam,
    CoverOpen,
    SupplyEmpty, ///< ribbon or toner used up
    SupplyLow,
    OutputFull, ///< what was printed must be taken first
    Paused,     ///< stopped by somebody
    Failure,    ///< any other condition that stops it
};

char const* name(PrinterCondition condition);

/// No answer: unplugged, off, or the network to it is out.
struct PrinterOffline {
    bool operator==(PrinterOffline const&) const = default;
};
/// Can print now; `warnings` never hold a condition that stops it.
struct PrinterReady {
    std::vector<PrinterCondition> warnings;
    bool operator==(PrinterReady const&) const = default;
};
/// Answers, and cannot print until somebody helps; at least one condition.
struct PrinterStopped {
    std::vector<PrinterCondition> conditions;
    bool operator==(PrinterStopped const&) const = default;
};
using PrinterState = std::variant<PrinterOffline, PrinterReady, PrinterStopped>;

/// Something printed lies where the next person would find it.
enum class PrinterOutput : std::uint8_t {
    Taken,   ///< nothing lies there
    Waiting, ///< the card or paper has not been taken
};

struct PrinterStatus {
    PrinterState state;
    /// Lowest supply in percent (ribbon, toner); empty when the printer does not tell.
    std::optional<int> supply_percent;
    /// Empty when the hardware has no sensor. IPP has no attribute for it, so only the virtual printer and
    /// drivers of a card printer's own can tell.
    std::optional<PrinterOutput> output;
    bool operator==(PrinterStatus const&) const = default;
};

/// Our own name for one print, made and journalled *before* `submit`: it becomes the job's name, so that
/// `find` can tell after a power cut whether the printer has it.
struct PrintTicket {
    std::string text; ///< 1 to 127 characters of [A-Za-z0-9-]; a UUID. No personal data: printers keep it.
    bool operator==(PrintTicket const&) const = default;
};

inline constexpr std::size_t print_ticket_bytes_max = 127;
/// Errors: InvalidInput "print_ticket_invalid".
Result<void> check(PrintTicket const& ticket);

enum class PrintMedia : std::uint8_t {
    Cr80,   ///< ID card, 85.60 x 53.98 mm
    Letter, ///< 8.5 x 11 in
    A4,
};
enum class PrintSides : std::uint8_t { One, Two };

/// Where a print stands. Unknown is an answer of its own: the printer has no record of it, and nobody may
/// conclude that nothing came out.
enum class PrintJobState : std::uint8_t {
    Queued,
    Printing,
    Completed,
    Aborted, ///< given up by the printer
    Cancelled,
    OutOfMedia, ///< begun or queued, waits for cards or paper
    Jammed,     ///< begun or queued, waits for somebody to clear it
    Unknown,
};

char const* name(PrintJobState state);
/// Completed, Aborted or Cancelled.
bool is_final(PrintJobState state);
/// It waits in the printer for media, for its turn or for somebody: it would print for whoever stands there
/// then.
bool waits_in_printer(PrintJobState state);

/// The printer's number for a job; valid until the printer restarts.
struct PrintJobId {
    int number = 0;
    bool operator==(PrintJobId const&) const = default;
};

struct PrintJob {
    PrintJobId id;
    PrintJobState state = PrintJobState::Unknown;
    bool operator==(PrintJob const&) const = default;
};

/// A card or letter printer. Every call may block for `printer_call_timeout_s`: worker threads only, any of
/// them. `cancel` ends the wait, not the print.
///
/// Errors, by `reason`:
///   printer_offline (Unavailable)     could not be reached; nothing was printed
///   printer_refused (Refused)         it answered no: wrong media or format, busy, not accepting
///   print_outcome_unknown (TimedOut)  contact was lost after sending began: it may print, wholly or torn
///                                     (both seen), or not. Look the ticket up with `find`; never submit
///                                     again by yourself
///   print_ticket_invalid (InvalidInput)
///   cancelled (Cancelled)             before anything was printed
class Printer {
public:
    Printer() = default;
    Printer(Printer const&) = delete;
    Printer& operator=(Printer const&) = delete;
    virtual ~Printer() = default;

    /// Never an error: a printer that cannot be reached is PrinterOffline.
    virtual PrinterStatus status(std::stop_token cancel) = 0;
    /// Sends one PDF. Write the ticket to the journal first.
    virtual Result<PrintJobId> submit(PrintTicket const& ticket, ByteView pdf, PrintMedia media,
                                      PrintSides sides, std::stop_token cancel) = 0;
    /// The newest job of that name, finished ones included; nothing when the printer knows none, which after
    /// its restart proves nothing.
    virtual Result<std::optional<PrintJob>> find(PrintTicket const& ticket, std::stop_token cancel) = 0;
    /// Unknown when the printer does not know the job (any more).
    virtual Result<PrintJobState> job_state(PrintJobId job, std::stop_token cancel) = 0;
    /// Errors also: print_job_over (Conflict) when it has ended; print_job_unknown (NotFound).
    virtual Result<void> cancel_job(PrintJobId job, std::stop_token cancel) = 0;
};

inline constexpr int printer_call_timeout_s = 10;

} // namespace portico
