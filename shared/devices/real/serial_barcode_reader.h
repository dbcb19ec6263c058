#pragma once

#include "shared/base/file_descriptor.h"
#include "shared/devices/barcode_framer.h"
#include "shared/devices/watched_state.h"

#include <chrono>
#include <memory>
#include <mutex>
#include <thread>

namespace portico {

struct SerialBarcodeOptions {
    std::string path; ///< "/dev/serial/by-id/..." or "/dev/ttyACM0"
    int baud = 9600;  ///< 9600, 19200, 38400, 57600 or 115200; 8 data bits, no parity
    BarcodeFraming framing{"", "\r"};
    /// How often a reader that is missing is looked for.
    std::chrono::milliseconds retry_interval{500};
    /// A newly opened line must have been still for so long before its reader counts as ready. Within a code
    /// no two bytes are that far apart, at any of the speeds.
    std::chrono::milliseconds quiet_interval{100};
};

/// A barcode reader on a serial line or USB-CDC. It may come and go.
class SerialBarcodeReader final : public BarcodeReader {
public:
    /// Errors: InvalidInput "barcode_framing_invalid", "barcode_baud_invalid".
    static Result<std::unique_ptr<SerialBarcodeReader>> create(SerialBarcodeOptions options);
    ~SerialBarcodeReader() override;

    BarcodeReaderState state() const override { return state_.get(); }
    void watch(std::function<void(Scan const&)> scanned,
               std::function<void(BarcodeReaderState const&)> changed) override;

private:
    SerialBarcodeReader(SerialBarcodeOptions options, BarcodeFramer framer, unsigned speed);
    void run(std::stop_token stop);
    Result<FileDescriptor> open_line() const;
    bool await_quiet(FileDescriptor const& line) const;
    void read_line(FileDescriptor const& line);

    SerialBarcodeOptions options_;
    BarcodeFramer framer_;
    unsigned speed_;
    WatchedState<BarcodeReaderState> state_{BarcodeReaderAbsent{}};
    /// Held while `scanned_` runs, so that none runs after `watch({}, {})`.
    std::mutex scan_guard_;
    std::function<void(Scan const&)> scanned_;
    EventFlag stopped_;
    std::jthread thread_; // last: it uses everything above
};

} // namespace portico
