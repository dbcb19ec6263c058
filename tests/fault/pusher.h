#pragma once

#include "tests/fault/nodes.h"

#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace portico::test {

/// Past it somebody is stuck.
inline constexpr std::chrono::seconds stuck_after{90};

/// One terminal that pushes operation after operation through HAProxy, each by its id until it is answered,
/// and can ask for its member's page with the session it had before.
class Pusher {
public:
    using Moment = std::chrono::steady_clock::time_point;

    Pusher(Nodes& nodes, std::string const& name) : terminal_(nodes, name), port_(nodes.port()) {}

    NodeTerminal& terminal() { return terminal_; }
    void set_token(std::string token) { token_ = std::move(token); }
    void run(std::stop_token const& stop);

    int count() const { return count_; }
    bool ended_well() const { return ended_well_; }
    std::set<std::string> const& acknowledged() const { return acknowledged_; }
    /// When its operations were acknowledged.
    std::vector<Moment> acknowledgements() const;
    /// Why it had to send again, by the reason told; once it has ended.
    std::map<std::string, int> const& failures() const { return failures_; }
    /// Signs in to nothing: the session of before is good.
    bool session_lives() { return terminal_.at(port_).home({token_}).has_value(); }

private:
    bool push(api::SealedOperation const& operation);

    NodeTerminal terminal_;
    std::uint16_t port_;
    std::string token_;
    std::set<std::string> acknowledged_;
    std::map<std::string, int> failures_;
    std::atomic<int> count_ = 0;
    mutable std::mutex guard_;
    std::vector<Moment> acknowledgements_;
    std::atomic<bool> ended_well_ = false;
};

/// Several of them at once, each with a session of the same member.
class Load {
public:
    Load(Nodes& nodes, int terminals);
    Load(Load const&) = delete;
    Load& operator=(Load const&) = delete;

    /// Waits until each has got so many operations further; false when somebody is stuck.
    bool all_go_on(int operations) const;
    /// Waits until each session answers.
    void check_sessions_live() const;
    /// The longest time from `moment` on in which no operation was acknowledged, until the latest that was.
    std::chrono::milliseconds longest_silence_since(Pusher::Moment moment) const;
    /// Ends them. Checks that nobody was stuck, and that all that was acknowledged, and nothing else, stands
    /// in the store once, with its one effect.
    void end_and_check_each_once(Nodes& nodes);
    /// Of all, once they have ended.
    std::map<std::string, int> failures() const;
    std::set<std::string> acknowledged() const;

private:
    std::vector<std::unique_ptr<Pusher>> pushers_;
    std::vector<std::jthread> threads_;
};

} // namespace portico::test
