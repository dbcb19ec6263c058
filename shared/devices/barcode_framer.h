#pragma once

#include "shared/devices/barcode_reader.h"

#include <string_view>
#include <vector>

namespace portico {

/// What a reader is set to send around each scan.
struct BarcodeFraming {
    /// May be empty on a serial line; a keyboard wedge needs one, or a scan looks like typing.
    std::string prefix = "\x02"; // STX
    std::string suffix = "\r";
    bool operator==(BarcodeFraming const&) const = default;
};

/// Cuts scans out of what a reader sends. No timing is involved: fast typing is no scan, and a slow reader's
/// scan is one. A prefix that was begun and not completed is given back as typing.
class BarcodeFramer {
public:
    struct Step {
        std::vector<Scan> scans;
        std::string typed; ///< what was not part of a scan
    };

    /// Errors: InvalidInput "barcode_framing_invalid" when the suffix is empty.
    static Result<BarcodeFramer> create(BarcodeFraming framing);

    Step feed(std::string_view bytes);
    /// Forgets a scan in progress: call it when the reader goes, and at the end of each visit, so that half a
    /// scan never swallows the next person's typing.
    void reset();

private:
    explicit BarcodeFramer(BarcodeFraming framing) : framing_(std::move(framing)) {}
    void feed_byte(char byte, Step& step);

    BarcodeFraming framing_;
    std::string pending_; ///< a prefix in progress, or a scan so far
    bool inside_ = false;
    bool too_long_ = false;
};

} // namespace portico
