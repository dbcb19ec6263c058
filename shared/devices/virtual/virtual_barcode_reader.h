#pragma once

#include "shared/devices/barcode_reader.h"

#include <mutex>

namespace portico {

/// A barcode reader for the bench. Any thread.
class VirtualBarcodeReader final : public BarcodeReader {
public:
    /// Holds a barcode under the reader; it reads `text` as a real one would, too long ones too.
    /// Errors: Unavailable "barcode_reader_absent" while unplugged.
    Result<void> scan(std::string_view text);
    void unplug();
    void plug();

    BarcodeReaderState state() const override;
    void watch(std::function<void(Scan const&)> scanned,
               std::function<void(BarcodeReaderState const&)> changed) override;

private:
    void set_plugged(bool plugged);

    mutable std::mutex guard_;
    bool plugged_ = true;
    std::function<void(Scan const&)> scanned_;
    std::function<void(BarcodeReaderState const&)> changed_;
};

} // namespace portico
