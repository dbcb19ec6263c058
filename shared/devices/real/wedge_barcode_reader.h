#pragma once

#include "shared/devices/barcode_framer.h"

#include <memory>

namespace portico {

/// A barcode reader that types like a keyboard. The program's one event thread feeds it everything typed and
/// goes on with what comes back. Not for several threads.
class WedgeBarcodeReader final : public BarcodeReader {
public:
    /// Errors: InvalidInput "barcode_framing_invalid": prefix or suffix is empty.
    static Result<std::unique_ptr<WedgeBarcodeReader>> create(BarcodeFraming framing);

    /// Returns what a person typed.
    std::string feed(std::string_view typed);
    /// At the end of a visit.
    void reset() { framer_.reset(); }

    /// A wedge cannot be told from a keyboard: always ready.
    BarcodeReaderState state() const override { return BarcodeReaderReady{}; }
    void watch(std::function<void(Scan const&)> scanned,
               std::function<void(BarcodeReaderState const&)> changed) override;

private:
    explicit WedgeBarcodeReader(BarcodeFramer framer) : framer_(std::move(framer)) {}

    BarcodeFramer framer_;
    std::function<void(Scan const&)> scanned_;
};

} // namespace portico
