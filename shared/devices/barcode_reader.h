#pragma once

#include "shared/base/result.h"

#include <functional>
#include <string>
#include <variant>

namespace portico {

struct BarcodeReaderAbsent {
    bool operator==(BarcodeReaderAbsent const&) const = default;
};
struct BarcodeReaderReady {
    bool operator==(BarcodeReaderReady const&) const = default;
};
/// Reason barcode_reader_failed.
struct BarcodeReaderFault {
    Error error;
    bool operator==(BarcodeReaderFault const&) const = default;
};
using BarcodeReaderState = std::variant<BarcodeReaderAbsent, BarcodeReaderReady, BarcodeReaderFault>;

/// Longest scan handed on. A PDF417 symbol holds at most 1,850 characters; a longer one is a fault or an
/// attack.
inline constexpr std::size_t barcode_bytes_max = 2048;

/// One scan: the bytes as the reader sent them without prefix and suffix (not checked for anything but
/// length: parse with domain/card_barcode.h), or Error barcode_too_long.
using Scan = Result<std::string>;

/// A barcode reader that is always on. Nothing blocks.
class BarcodeReader {
public:
    BarcodeReader() = default;
    BarcodeReader(BarcodeReader const&) = delete;
    BarcodeReader& operator=(BarcodeReader const&) = delete;
    virtual ~BarcodeReader() = default;

    virtual BarcodeReaderState state() const = 0;
    /// `scanned` gets each scan, `changed` the present state at once and then each change, both from the
    /// device's thread (the wedge: from the thread that feeds it). Empty functions end it.
    virtual void watch(std::function<void(Scan const&)> scanned,
                       std::function<void(BarcodeReaderState const&)> changed) = 0;
};

} // namespace portico
