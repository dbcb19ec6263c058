#pragma once

#include "shared/devices/printer.h"

#include <cups/ipp.h>

#include <string_view>

namespace portico {

/// A printer's reply to Get-Printer-Attributes in our words.
PrinterStatus ipp_printer_status(ipp_t* reply);
/// A job-state (RFC 8011, section 5.3.7), explained by the printer's conditions while the job is not over.
PrintJobState ipp_job_state(int state, PrinterState const& printer);
/// Number and job-state of the job of that name with the highest number in a reply to Get-Jobs.
std::optional<std::pair<int, int>> ipp_newest_job(ipp_t* reply, std::string_view job_name);

} // namespace portico
