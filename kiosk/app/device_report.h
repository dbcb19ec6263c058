#pragma once

#include "shared/base/clock.h"
#include "shared/base/result.h"
#include "shared/devices/printer.h"
#include "shared/documents/texts.h"
#include "shared/domain/tested_device.h"

#include <stop_token>
#include <string>
#include <vector>

namespace portico::kiosk {

/// What a technician keeps of a kiosk's self-test, with a printer's test on it.
struct DeviceReport {
    std::string terminal; ///< its id; "-" before it has one
    std::string central;  ///< where the kiosk looks for it; empty: nowhere yet
    std::vector<TestedDevice> devices;
};

/// One page on the letter printer. Blocks. Errors: those of the document and of Printer::submit.
Result<void> print_device_report(DeviceReport const& report, documents::Texts const& texts, Printer& printer,
                                 Clock const& clock, std::stop_token cancel);

} // namespace portico::kiosk
