#pragma once

#include "tests/support/device_process.h"

#include <csignal>
#include <memory>

namespace portico::test {

/// A printer that is a real program of somebody else's: ippeveprinter of CUPS, on loopback, with a private
/// D-Bus so that it needs no avahi. Takes PDF on CR80 and letter media, both sides.
class IppPrinterProgram {
public:
    /// Needs ippeveprinter and dbus-daemon; `available` tells. `command` prints each job's file, its only
    /// word, in place of this printer's own; then `set_trouble` and what is received are that command's
    /// affair.
    explicit IppPrinterProgram(std::filesystem::path command = {});
    static bool available();

    /// Starts it and waits until it answers; true when it does.
    bool start();
    /// As a power cut: its queue and history are gone.
    void stop();
    /// Takes connections and answers nothing, until it goes on.
    void hang() { printer_->signal(SIGSTOP); }
    void go_on() { printer_->signal(SIGCONT); }

    std::string uri() const { return uri_at(port_); }
    /// The same printer behind another port, as of a gate.
    static std::string uri_at(int port);
    int port() const { return port_; }

    /// The next job waits in `reason` ("media-empty-error", "media-jam-error"...) until `resolve`.
    void set_trouble(std::string const& reason);
    void resolve();
    /// The next job fails.
    void fail_next();

    /// The bytes it received under that job name; empty when none.
    std::string received(std::string const& ticket) const;
    std::size_t received_count() const;

private:
    void write_script() const;
    void write_media() const;

    DeviceFolder folder_;
    std::filesystem::path command_;
    int port_;
    std::unique_ptr<DeviceProcess> bus_;
    std::unique_ptr<DeviceProcess> printer_;
};

} // namespace portico::test
