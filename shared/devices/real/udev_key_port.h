#pragma once

#include "shared/devices/real/key_port.h"

#include <memory>

struct udev;
struct udev_monitor;

namespace portico {

/// Keys on this machine's USB ports, found by libfido2, with hot-plug from udev.
class UdevKeyPort final : public KeyPort {
public:
    /// Errors: Unavailable "udev_unavailable".
    static Result<std::unique_ptr<UdevKeyPort>> create();
    ~UdevKeyPort() override;

    Result<std::vector<PluggedKey>> list() override;
    void wait_for_change(std::stop_token stop) override;
    Result<FileDescriptor> open(std::string const& path) override;
    bool writes_report_number() const override { return true; }

private:
    UdevKeyPort(udev* context, udev_monitor* monitor) : context_(context), monitor_(monitor) {}

    udev* context_;
    udev_monitor* monitor_;
};

} // namespace portico
