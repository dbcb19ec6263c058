#pragma once

#include "shared/devices/printer.h"

#include <chrono>
#include <memory>

namespace portico {

struct IppPrinterOptions {
    /// "ipp://HOST[:PORT]/PATH" or "ipps://...". Better an address than a name: looking a name up is not held
    /// to `call_timeout`.
    std::string uri;
    std::chrono::milliseconds call_timeout = std::chrono::seconds(printer_call_timeout_s);
};

/// A card or letter printer that speaks IPP (RFC 8011), without a queue in between: libcups' requests one by
/// one, because its cupsDoRequest retries by itself and blocks behind a stopped printer.
///
/// What IPP cannot tell: whether the paper was taken (`PrinterStatus::output` stays empty). The severity that
/// printers append to a condition ("-report", "-warning", "-error") is not believed: many call an empty tray
/// a report while they are idle. Empty, jammed and open stop a kiosk's printer, which has one tray.
class IppPrinter final : public Printer {
public:
    /// Errors: InvalidInput "printer_uri_invalid".
    static Result<std::unique_ptr<IppPrinter>> create(IppPrinterOptions options);

    PrinterStatus status(std::stop_token cancel) override;
    Result<PrintJobId> submit(PrintTicket const& ticket, ByteView pdf, PrintMedia media, PrintSides sides,
                              std::stop_token cancel) override;
    Result<std::optional<PrintJob>> find(PrintTicket const& ticket, std::stop_token cancel) override;
    Result<PrintJobState> job_state(PrintJobId job, std::stop_token cancel) override;
    Result<void> cancel_job(PrintJobId job, std::stop_token cancel) override;

private:
    explicit IppPrinter(IppPrinterOptions options) : options_(std::move(options)) {}

    IppPrinterOptions options_;
};

} // namespace portico
