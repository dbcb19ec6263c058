#pragma once

#include "tests/support/process.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace portico::test {

/// One end of a SIP call: Debian's sipp with a scenario that does what is told at its control port, and says
/// there what befell.
class SipLeg {
public:
    struct Place {
        std::filesystem::path folder;      ///< for its log
        std::uint16_t telephone;           ///< SIP port of who is called
        std::uint16_t sip, control, media; ///< its own; `media` and the three after it
        std::filesystem::path scenario;
    };
    /// `from`: user part of its address. It does nothing yet. `call_id`: of the call that it places, or, of a
    /// scenario that waits for one, of that call.
    SipLeg(Place const& place, std::string call_id, std::string const& from);
    SipLeg(SipLeg const&) = delete;
    SipLeg& operator=(SipLeg const&) = delete;
    ~SipLeg();

    /// A Call-ID that no other leg of this machine has.
    static std::string new_call_id();

    std::string const& call_id() const { return call_id_; }
    void tell(std::string const& what);
    /// Waits until the scenario says this word, once.
    void hear(std::string const& word);
    /// What it has said since, without waiting.
    std::vector<std::string> news();
    /// Whether its call has ended, or never came about.
    bool is_over() { return !sipp_->running(); }
    /// Waits for the end of the call; fails the test when it went otherwise than the scenario allows.
    void expect_end();

private:
    std::string call_id_;
    std::string heard_;
    std::optional<Process> sipp_;
    int control_ = -1;
};

} // namespace portico::test
