#pragma once

#include "shared/client/central_clock.h"
#include "tests/sim/sim_central.h"

#include <set>
#include <vector>

namespace portico::test {

/// The wires between terminals and central: they lose requests and replies, double, hold back and let out of
/// order, and are cut. Time passes while a reply does not come.
class SimNetwork {
public:
    SimNetwork(SimCentral& central, LossyDisk& disk, Dice& dice)
        : central_(central), disk_(disk), dice_(dice) {}

    Result<client::HttpReply> carry(SimBase::Terminal const& from, client::HttpRequest const& request);
    /// Requests held back arrive, in any order; nobody waits for their replies any more.
    void deliver_late();

    void cut(TerminalId const& terminal) { cut_.insert(terminal); }
    void mend(TerminalId const& terminal) { cut_.erase(terminal); }
    /// From now on everything arrives, once and at once.
    void heal();

private:
    enum class Fate : std::uint8_t { Arrives, Lost, HeldBack, Doubled, ReplyLost, CentralCrashes };
    Fate fate();
    Result<client::HttpReply> answer(SimBase::Terminal const& from, client::HttpRequest const& request);
    Result<client::HttpReply> timed_out();

    struct HeldBack {
        SimBase::Terminal from;
        client::HttpRequest request;
    };
    SimCentral& central_;
    LossyDisk& disk_;
    Dice& dice_;
    std::set<TerminalId> cut_;
    std::vector<HeldBack> held_back_;
    bool healed_ = false;
};

/// One terminal's wire, as its real client sees it.
class SimTransport final : public client::Transport {
public:
    SimTransport(SimNetwork& network, SimBase::Terminal own, client::CentralClock& clock, SimCentral& central)
        : network_(network), own_(std::move(own)), clock_(clock), central_(central) {}

    Result<client::HttpReply> call(client::HttpRequest request, std::stop_token /*cancel*/) override {
        auto reply = network_.carry(own_, request);
        if (reply.has_value())
            clock_.heard(central_.clock().now()); // the "Date:" of the reply
        return reply;
    }
    void forget() override {}

private:
    SimNetwork& network_;
    SimBase::Terminal own_;
    client::CentralClock& clock_;
    SimCentral& central_;
};

} // namespace portico::test
