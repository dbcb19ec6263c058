#pragma once

#include "kiosk/card_issue/card_issuer.h"

#include <functional>
#include <stop_token>

namespace portico::kiosk {

enum class LetterOutcome : std::uint8_t {
    Printed,
    NotPrinted, ///< the printer gave up or it was taken back before it began
    Unknown,    ///< contact was lost, or it stopped half-way: paper may lie in the output
};

struct LetterPrinterParts {
    Printer& printer;
    CardJournal& journal; ///< only for tickets of letters that a crash could leave in the printer
    Clock const& clock;
    std::function<void(std::stop_token person_left, std::stop_token shutdown)> pause = pause_print_poll;
};

/// Prints letters and lists, never for the wrong session: what has not come out when the session ends is
/// taken back, and what a crash left in the printer is taken out before the next is sent. Worker thread; one
/// at a time.
class LetterPrinter {
public:
    explicit LetterPrinter(LetterPrinterParts parts) : parts_(std::move(parts)) {}

    /// Takes letters of former visits out of the printer. Errors: as Printer; Refused "letter_in_printer".
    Result<void> clear(std::stop_token shutdown);

    /// Errors, all before anything was sent: as `clear`; printer_offline (Unavailable); out_of_paper,
    /// paper_in_output, printer_stopped, printer_refused (Refused); Cancelled "person_left".
    Result<LetterOutcome> print(PrintTicket const& ticket, ByteView pdf, PrintMedia media,
                                std::stop_token person_left, std::stop_token shutdown,
                                std::function<void(PrintJobState)> const& progress);

private:
    struct Sent {
        PrintTicket ticket;
        bool acknowledged = false;
    };
    Result<LetterOutcome> follow(Sent const& sent, std::stop_token person_left, std::stop_token shutdown,
                                 std::function<void(PrintJobState)> const& progress);
    Result<void> ready(std::stop_token shutdown);

    LetterPrinterParts parts_;
};

} // namespace portico::kiosk
