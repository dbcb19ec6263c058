#pragma once

#include "central/core.h"
#include "central/http/dispatcher.h"
#include "shared/client/transport.h"
#include "tests/sim/sim_base.h"
#include "tests/support/lossy_disk.h"

#include <memory>
#include <optional>

namespace portico::test {

/// Central as a machine in the simulated world: the real code from the request on, on a disk of its own.
class SimCentral {
public:
    SimCentral(std::filesystem::path folder, ManualClock& clock, LossyDisk& disk);

    bool is_up() const { return core_ != nullptr; }
    /// Errors: of the store, after a power cut.
    Result<void> start();
    /// As the power going now; the machine is on again, the program is not.
    void crash(Dice& dice);

    /// What the server does with one request of a certified terminal; nothing when it gives no reply.
    std::optional<central::HttpReply> handle(SimBase::Terminal const& from,
                                             client::HttpRequest const& request);

    central::Core& core() { return *core_; }
    ManualClock& clock() { return clock_; }
    std::filesystem::path const& folder() const { return folder_; }

private:
    std::filesystem::path folder_;
    ManualClock& clock_;
    LossyDisk& disk_;
    std::unique_ptr<central::Core> core_;
    std::unique_ptr<central::Dispatcher> dispatcher_;
};

} // namespace portico::test
