#include "shared/devices/barcode_framer.h"

#include "shared/base/secret.h"

namespace portico {

Result<BarcodeFramer> BarcodeFramer::create(BarcodeFraming framing) {
    if (framing.suffix.empty())
        return error(ErrorKind::InvalidInput, "barcode_framing_invalid",
                     "the barcode reader needs a suffix, such as a carriage return");
    return BarcodeFramer(std::move(framing));
}

BarcodeFramer::Step BarcodeFramer::feed(std::string_view bytes) {
    Step step;
    for (char const byte : bytes)
        feed_byte(byte, step);
    return step;
}

void BarcodeFramer::feed_byte(char byte, Step& step) {
    if (!inside_ && !framing_.prefix.empty()) {
        pending_ += byte;
        // Gives back from the front until what remains can still become the prefix.
        while (!framing_.prefix.starts_with(pending_)) {
            step.typed += pending_.front();
            pending_.erase(0, 1);
        }
        if (pending_ == framing_.prefix) {
            pending_.clear();
            inside_ = true;
        }
        return;
    }
    inside_ = true;
    pending_ += byte;
    if (pending_.ends_with(framing_.suffix)) {
        pending_.resize(pending_.size() - framing_.suffix.size());
        bool const fits = !too_long_ && pending_.size() <= barcode_bytes_max;
        // A reader without a prefix ends empty lines too, as some do after a good read.
        if (!fits)
            step.scans.emplace_back(error(ErrorKind::InvalidInput, "barcode_too_long",
                                          "the scan is longer than any of our barcodes"));
        else if (!pending_.empty() || !framing_.prefix.empty())
            step.scans.emplace_back(pending_);
        reset();
    } else if (pending_.size() > barcode_bytes_max + framing_.suffix.size()) {
        // The rest is still swallowed up to the suffix; only its end is kept, to see the suffix come.
        too_long_ = true;
        pending_.erase(0, pending_.size() - framing_.suffix.size());
    }
}

void BarcodeFramer::reset() {
    wipe(pending_);
    inside_ = false;
    too_long_ = false;
}

} // namespace portico
