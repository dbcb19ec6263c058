#include "shared/devices/real/wedge_barcode_reader.h"

namespace portico {

Result<std::unique_ptr<WedgeBarcodeReader>> WedgeBarcodeReader::create(BarcodeFraming framing) {
    if (framing.prefix.empty())
        return error(ErrorKind::InvalidInput, "barcode_framing_invalid",
                     "a barcode reader that types needs a prefix, or its scans look like typing");
    auto framer = TRY(BarcodeFramer::create(std::move(framing)));
    return std::unique_ptr<WedgeBarcodeReader>(new WedgeBarcodeReader(std::move(framer)));
}

std::string WedgeBarcodeReader::feed(std::string_view typed) {
    auto step = framer_.feed(typed);
    for (auto const& scan : step.scans)
        if (scanned_)
            scanned_(scan);
    return std::move(step.typed);
}

void WedgeBarcodeReader::watch(std::function<void(Scan const&)> scanned,
                               std::function<void(BarcodeReaderState const&)> changed) {
    scanned_ = std::move(scanned);
    if (changed)
        changed(state());
}

} // namespace portico
