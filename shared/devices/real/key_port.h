#pragma once

#include "shared/base/file_descriptor.h"
#include "shared/base/result.h"

#include <stop_token>
#include <string>
#include <vector>

namespace portico {

/// A key that is plugged in.
struct PluggedKey {
    std::string path;     ///< what `KeyPort::open` takes
    std::string product;  ///< may be empty
    std::string instance; ///< differs between two insertions, of the same key too
    bool operator==(PluggedKey const&) const = default;
};

/// Where keys come from: the machine's USB ports, or a bench. This is the seam below libfido2: everything
/// above it runs unchanged over 64-byte CTAPHID reports.
class KeyPort {
public:
    KeyPort() = default;
    KeyPort(KeyPort const&) = delete;
    KeyPort& operator=(KeyPort const&) = delete;
    virtual ~KeyPort() = default;

    /// The newest first. Errors: Unavailable "key_unreadable" when the port cannot tell: that is not the same
    /// as no key.
    virtual Result<std::vector<PluggedKey>> list() = 0;
    /// Blocks until keys may have come or gone since the last call, or until `stop`.
    virtual void wait_for_change(std::stop_token stop) = 0;
    /// A descriptor that reads and writes whole reports. Errors: Unavailable "key_unplugged", or
    /// "key_unreadable" when it is there and may not be opened.
    virtual Result<FileDescriptor> open(std::string const& path) = 0;
    /// Linux hidraw wants the report number (0) before each report written; a socket does not.
    virtual bool writes_report_number() const = 0;
};

} // namespace portico
