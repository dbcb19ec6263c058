#include "kiosk/card_issue/letter_job.h"

#include <algorithm>
#include <chrono>

namespace portico::kiosk {

Result<void> LetterPrinter::clear(std::stop_token shutdown) {
    for (auto const& ticket : TRY(parts_.journal.noted_letters())) {
        auto found = TRY(parts_.printer.find(ticket, shutdown));
        if (found && !is_final(found->state)) {
            static_cast<void>(parts_.printer.cancel_job(found->id, shutdown));
            found = TRY(parts_.printer.find(ticket, shutdown));
            if (found && !is_final(found->state))
                return error(ErrorKind::Refused, "letter_in_printer",
                             "the printer holds a letter of a former visit");
        }
        TRY(parts_.journal.forget_letter(ticket));
    }
    return ok();
}

Result<void> LetterPrinter::ready(std::stop_token shutdown) {
    auto const status = parts_.printer.status(std::move(shutdown));
    if (std::holds_alternative<PrinterOffline>(status.state))
        return error(ErrorKind::Unavailable, "printer_offline", "the letter printer does not answer");
    if (status.output == PrinterOutput::Waiting)
        return error(ErrorKind::Refused, "paper_in_output", "paper lies in the letter printer's output");
    if (auto const* stopped = std::get_if<PrinterStopped>(&status.state)) {
        bool const empty = std::find(stopped->conditions.begin(), stopped->conditions.end(),
                                     PrinterCondition::MediaEmpty) != stopped->conditions.end();
        return error(ErrorKind::Refused, empty ? "out_of_paper" : "printer_stopped",
                     "the letter printer waits for somebody to help");
    }
    return ok();
}

Result<LetterOutcome> LetterPrinter::print(PrintTicket const& ticket, ByteView pdf, PrintMedia media,
                                           std::stop_token person_left, std::stop_token shutdown,
                                           std::function<void(PrintJobState)> const& progress) {
    TRY(clear(shutdown));
    TRY(ready(shutdown));
    if (person_left.stop_requested())
        return error(ErrorKind::Cancelled, "person_left", "the session ended before the letter was sent");
    TRY(parts_.journal.note_letter(ticket, parts_.clock.now()));
    auto const sent = parts_.printer.submit(ticket, pdf, media, PrintSides::Two, person_left);
    if (!sent && sent.error().reason != "print_outcome_unknown") {
        TRY(parts_.journal.forget_letter(ticket));
        return sent.error();
    }
    return follow({ticket, sent.has_value()}, std::move(person_left), std::move(shutdown), progress);
}

Result<LetterOutcome> LetterPrinter::follow(Sent const& sent, std::stop_token person_left,
                                            std::stop_token shutdown,
                                            std::function<void(PrintJobState)> const& progress) {
    std::optional<PrintJobState> last;
    bool at_work = false;
    auto last_news = parts_.clock.monotonic();
    while (true) {
        if (shutdown.stop_requested())
            return error(ErrorKind::Cancelled, "shutdown",
                         "the kiosk stops; the letter's ticket stays noted");
        auto const found = parts_.printer.find(sent.ticket, shutdown);
        if (found && (!found.value() || found.value()->state == PrintJobState::Unknown)) {
            // One whose sending was cut off may still turn up: its ticket stays noted.
            if (sent.acknowledged)
                TRY(parts_.journal.forget_letter(sent.ticket));
            return LetterOutcome::Unknown;
        }
        if (found) {
            auto const& job = *found.value();
            if (job.state != last) {
                last = job.state;
                last_news = parts_.clock.monotonic();
                progress(job.state);
            }
            at_work = at_work || job.state == PrintJobState::Printing || job.state == PrintJobState::Jammed;
            if (is_final(job.state)) {
                TRY(parts_.journal.forget_letter(sent.ticket));
                if (job.state == PrintJobState::Completed)
                    return LetterOutcome::Printed;
                return at_work ? LetterOutcome::Unknown : LetterOutcome::NotPrinted;
            }
            if (person_left.stop_requested() && waits_in_printer(job.state))
                static_cast<void>(parts_.printer.cancel_job(job.id, shutdown));
        }
        // The ticket stays noted: `clear` takes it out when the printer answers again.
        if (parts_.clock.monotonic() - last_news >= std::chrono::seconds(print_wait_max_s))
            return LetterOutcome::Unknown;
        parts_.pause(person_left, shutdown);
    }
}

} // namespace portico::kiosk
