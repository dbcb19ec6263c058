#pragma once

#include "shared/devices/real/telephone_link.h"
#include "tests/phone/caller.h"
#include "tests/phone/keyed_central.h"
#include "tests/phone/port_block.h"
#include "tests/support/device_watch.h"
#include "tests/support/process.h"
#include "tests/support/scratch_folder.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace portico::test {

/// A real portico-phone with a real baresip, a desk's end of its telephone, and room for callers, all on
/// loopback and on ports of their own.
class PhoneBench {
public:
    struct Settings {
        bool enrolled = true;
        std::string player = "aubridge,ear"; ///< a driver of the softphone that needs no sound card
        std::map<std::string, std::string> environment = {};
        int ring_s = 60;
        /// Set: calls that the desk makes go to sipp with tests/phone/called.xml, which does this.
        std::string called = {};
        std::string encryption = "none"; ///< of the sound
        /// Set: starts the telephone system that it belongs to, at this port, and at the next over TLS; the
        /// lines of [sip] that name it.
        std::function<std::string(std::uint16_t port)> telephones = {};
        /// Set: it registers with sipp's tests/phone/registrar.xml, by this password.
        std::string register_by = {};
        std::string softphone = {}; ///< empty: baresip; another program never is ready
        /// A real central's; then the desk is another program's as well. Empty: `central()`, and `desk()`.
        std::string central_url = {};
        std::filesystem::path run = {};  ///< folder of the helper's sockets; only with `central_url`
        std::filesystem::path data = {}; ///< the helper's; empty: one of this bench's
        /// Certifies the telephone, by its configuration; only with `central_url`.
        std::function<void(std::filesystem::path const& config)> enroll = {};
    };
    PhoneBench() : PhoneBench(Settings()) {}
    explicit PhoneBench(Settings settings);

    /// False, after a word on why, on a machine without baresip or sipp; on the one that tests every change
    /// they are there, and this fails.
    static bool can_run();

    void start();
    /// At most ten at once: the eleventh takes the ports of the first, which must be gone.
    /// `scenario`: another than tests/phone/caller.xml, for who is told the same.
    std::unique_ptr<Caller> add_caller(std::string const& from = "+15550100134",
                                       std::filesystem::path const& scenario = {});
    /// Calls and waits until it rings at the desk; the call's id there.
    std::string ring(Caller& caller);
    /// The same, and answers.
    std::string talk(Caller& caller);
    /// As `talk`, with the keypad asked for.
    std::string talk_and_ask_for_keys(Caller& caller);

    TelephoneLink& desk() { return *desk_; }
    bool wait(std::function<bool(TelephoneView const&)> const& wanted) { return watch_->wait(wanted); }
    bool wait_state(std::string const& call, PhoneCall::State state);
    /// Waits until the call was told to have ended; how.
    std::string wait_end(std::string const& call);
    bool wait_ever(std::function<bool(TelephoneView const&)> const& wanted) {
        return watch_->wait_ever(wanted);
    }
    /// The call as it is shown now; fails the test when it is not in the list.
    PhoneCall call(std::string const& id);
    std::vector<TelephoneView> told() const { return watch_->all(); }

    KeyedCentral& central() { return central_; }
    Process& helper() { return *helper_; }
    Process& registrar() { return *registrar_; }
    /// Who is called; begins to wait for the one call.
    Process& called() { return *called_; }
    /// Dials and waits until the desk is shown the call; its id there.
    std::string dial(std::string const& ticket = "a-ticket");
    std::filesystem::path socket() const { return run_ / "desk.sock"; }
    /// Where the softphone is called.
    std::uint16_t sip_port() const;
    std::filesystem::path const& folder() const { return folder_.path; }
    /// The process of baresip; 0: there is none.
    pid_t softphone() const;
    /// Ends the desk's side; `open_desk` begins a new one.
    void close_desk();
    void open_desk(std::filesystem::path const& socket);

private:
    std::string sip_settings();
    void write_config(std::string const& central_url);

    Settings settings_;
    ScratchFolder folder_;
    std::filesystem::path run_{settings_.run.empty() ? folder_.path / "run" : settings_.run};
    std::filesystem::path data_{settings_.data.empty() ? folder_.path / "data" : settings_.data};
    PortBlock ports_;
    KeyedCentral central_;
    int callers_ = 0;
    std::optional<Process> registrar_;
    std::optional<Process> called_;
    std::optional<Process> helper_;
    std::unique_ptr<TelephoneLink> desk_;
    std::unique_ptr<DeviceWatch<TelephoneView>> watch_;
};

} // namespace portico::test
