#include "shared/devices/virtual/virtual_barcode_reader.h"

#include "shared/devices/barcode_framer.h"

namespace portico {

namespace {

BarcodeReaderState state_of(bool plugged) {
    return plugged ? BarcodeReaderState(BarcodeReaderReady{}) : BarcodeReaderState(BarcodeReaderAbsent{});
}

} // namespace

Result<void> VirtualBarcodeReader::scan(std::string_view text) {
    std::lock_guard const lock(guard_);
    if (!plugged_)
        return error(ErrorKind::Unavailable, "barcode_reader_absent",
                     "the virtual barcode reader is unplugged");
    // Through the real framer: what a reader cannot send does not arrive here either.
    auto framer = TRY(BarcodeFramer::create({}));
    for (auto const& scan : framer.feed("\x02" + std::string(text) + "\r").scans)
        if (scanned_)
            scanned_(scan);
    return ok();
}

void VirtualBarcodeReader::unplug() {
    set_plugged(false);
}

void VirtualBarcodeReader::plug() {
    set_plugged(true);
}

void VirtualBarcodeReader::set_plugged(bool plugged) {
    std::lock_guard const lock(guard_);
    if (plugged_ == plugged)
        return;
    plugged_ = plugged;
    if (changed_)
        changed_(state_of(plugged_));
}

BarcodeReaderState VirtualBarcodeReader::state() const {
    std::lock_guard const lock(guard_);
    return state_of(plugged_);
}

void VirtualBarcodeReader::watch(std::function<void(Scan const&)> scanned,
                                 std::function<void(BarcodeReaderState const&)> changed) {
    std::lock_guard const lock(guard_);
    scanned_ = std::move(scanned);
    changed_ = std::move(changed);
    if (changed_)
        changed_(state_of(plugged_));
}

} // namespace portico
