#include "kiosk/app/device_report.h"

#include "shared/base/build_id.h"
#include "shared/base/rfc3339.h"
#include "shared/base/uuid.h"
#include "shared/documents/device_test_page.h"

namespace portico::kiosk {

Result<void> print_device_report(DeviceReport const& report, documents::Texts const& texts, Printer& printer,
                                 Clock const& clock, std::stop_token cancel) {
    auto const pdf = TRY(documents::device_test_page_pdf({.media = documents::TestPageMedia::Letter,
                                                          .terminal = report.terminal,
                                                          .printed = to_rfc3339(clock.now()),
                                                          .build = build_id(),
                                                          .central = report.central,
                                                          .devices = report.devices},
                                                         texts));
    static_cast<void>(TRY(
        printer.submit({make_uuid_v7(clock)}, pdf, PrintMedia::Letter, PrintSides::One, std::move(cancel))));
    return ok();
}

} // namespace portico::kiosk
