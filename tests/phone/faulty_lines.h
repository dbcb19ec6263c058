#pragma once

#include "shared/devices/virtual/network_cable.h"
#include "tests/support/meddling_proxy.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace portico::test {

/// A line of its own for each terminal between it and central, all of which one fault befalls at once.
class FaultyLines {
public:
    /// `central_keys`: the folder with central's certificate and key.
    FaultyLines(std::uint16_t central_port, std::filesystem::path central_keys);
    FaultyLines(FaultyLines const&) = delete;
    FaultyLines& operator=(FaultyLines const&) = delete;

    /// Lays the line of the terminal whose data is there; the port at its end. For
    /// `Bench::lead_each_terminal_by`.
    std::uint16_t lay(std::filesystem::path const& data);

    /// What is open ends, nothing new comes through.
    void cut();
    void restore();
    /// From now on each request reaches central twice, but for those that wait there for news.
    void set_doubling(bool doubling);
    /// Central does the next thing that it is asked to do, and nobody hears of it. `call`: the next of this
    /// kind, as "POST /v1/line/next"; empty: whichever comes.
    void lose_next_reply(std::string call = {});
    /// Whether that has come to pass; it comes to pass no more.
    bool take_lost();

private:
    Meddling fate(std::string const& call);

    struct Line {
        std::unique_ptr<MeddlingProxy> proxy;
        std::unique_ptr<NetworkCable> cable;
    };
    std::uint16_t central_port_;
    std::filesystem::path central_keys_;
    std::mutex guard_; ///< of what follows; lines are laid by the test's own thread alone
    bool doubling_ = false;
    bool loses_next_ = false;
    std::string loses_; ///< of this kind; empty: of any
    bool lost_ = false;
    std::vector<Line> lines_; // last: its threads use everything above
};

} // namespace portico::test
