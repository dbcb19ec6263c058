#pragma once

#include "shared/client/outbox.h"
#include "shared/client/replica.h"
#include "shared/client/sync_steps.h"
#include "tests/sim/sim_network.h"

#include <memory>
#include <set>
#include <string>

namespace portico::test {

/// One kiosk in the simulated world: its real outbox, replica, sync steps and calls, on a disk and a clock of
/// its own.
class SimTerminal {
public:
    SimTerminal(std::filesystem::path folder, SimBase::Terminal own, SimNetwork& network, SimCentral& central,
                LossyDisk& disk);

    Result<void> start();
    /// The power goes, and comes back.
    void crash(Dice& dice);

    /// A directory report, or with a session the wish for a mailed card; noted as done when the screen may
    /// say so.
    Result<void> add(Dice& dice);
    Result<client::Push> push() { return client::push_operations(*central_, *outbox_, {}); }
    Result<client::Pulled> pull() { return client::pull_changes(*central_, *replica_, 0, {}); }
    /// With the member's key; `forged`: with a signature that is not the key's.
    Result<void> sign_in(bool forged);
    Result<void> sign_out();
    Result<api::Home> home() { return central_->home({.token = token_}); }

    TerminalId const& id() const { return own_.id; }
    std::filesystem::path const& folder() const { return folder_; }
    ManualClock& clock() { return clock_; }
    client::Outbox& outbox() { return *outbox_; }
    client::Replica& replica() { return *replica_; }
    std::string const& token() const { return token_; }
    std::set<std::string> const& done() const { return done_; }

private:
    std::filesystem::path folder_;
    SimBase::Terminal own_;
    SimNetwork& network_;
    SimCentral& home_central_;
    LossyDisk& disk_;
    ManualClock clock_;
    std::unique_ptr<client::CentralClock> central_clock_;
    std::unique_ptr<client::Central> central_;
    std::unique_ptr<client::Outbox> outbox_;
    std::unique_ptr<client::Replica> replica_;
    std::string token_; ///< of the open session; empty: nobody is signed in
    std::set<std::string> done_;
};

} // namespace portico::test
