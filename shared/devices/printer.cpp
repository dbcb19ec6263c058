#include "shared/devices/printer.h"

#include <algorithm>

namespace portico {

char const* name(PrinterCondition condition) {
    switch (condition) {
    case PrinterCondition::MediaEmpty:
        return "media_empty";
    case PrinterCondition::MediaLow:
        return "media_low";
    case PrinterCondition::MediaJam:
        return "media_jam";
    case PrinterCondition::CoverOpen:
        return "cover_open";
    case PrinterCondition::SupplyEmpty:
        return "supply_empty";
    case PrinterCondition::SupplyLow:
        return "supply_low";
    case PrinterCondition::OutputFull:
        return "output_full";
    case PrinterCondition::Paused:
        return "paused";
    case PrinterCondition::Failure:
        break;
    }
    return "failure";
}

char const* name(PrintJobState state) {
    switch (state) {
    case PrintJobState::Queued:
        return "queued";
    case PrintJobState::Printing:
        return "printing";
    case PrintJobState::Completed:
        return "completed";
    case PrintJobState::Aborted:
        return "aborted";
    case PrintJobState::Cancelled:
        return "cancelled";
    case PrintJobState::OutOfMedia:
        return "out_of_media";
    case PrintJobState::Jammed:
        return "jammed";
    case PrintJobState::Unknown:
        break;
    }
    return "unknown";
}

bool waits_in_printer(PrintJobState state) {
    return state == PrintJobState::Queued || state == PrintJobState::OutOfMedia ||
           state == PrintJobState::Jammed;
}

bool is_final(PrintJobState state) {
    return state == PrintJobState::Completed || state == PrintJobState::Aborted ||
           state == PrintJobState::Cancelled;
}

Result<void> check(PrintTicket const& ticket) {
    bool const plain = std::ranges::all_of(ticket.text, [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
    if (ticket.text.empty() || ticket.text.size() > print_ticket_bytes_max || !plain)
        return error(ErrorKind::InvalidInput, "print_ticket_invalid",
                     "a print ticket has 1 to 127 of [A-Za-z0-9-]");
    return ok();
}

} // namespace portico
