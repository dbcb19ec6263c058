#pragma once

#include "tests/phone/caller.h"
#include "tests/phone/port_block.h"
#include "tests/phone/sip_leg.h"
#include "tests/support/bench.h"

#include <boost/json.hpp>
#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace portico::test {

/// The plan's telephone system: a switch of our own, for Debian 12 has none (no Asterisk), and none has been
/// connected to Portico. What is real: callers call it, and it calls desks, by SIP (Debian's sipp); it is
/// enrolled, and tells central of its calls, by the very commands of docs/operations.md (openssl, jq, curl),
/// and does what the answer says. What it does not do is join the sound of the two calls, nor play any.
///
/// It has no thread: it works while somebody who waits calls `work` again and again.
class HeldSwitch {
public:
    /// Somebody who calls, and is held.
    struct OnHold {
        enum class State : std::uint8_t { Calling, Waiting, Talking, Over };

        std::string id; ///< by which central is told of it
        std::string number, language, since;
        State state = State::Calling;
        int place = 0;                    ///< announced last; 0: a rep has taken it
        std::vector<std::string> rang_at; ///< extensions, each time that it rang there

        bool waits() const { return state == State::Waiting; }
        bool talks() const { return state == State::Talking; }
        bool is_over() const { return state == State::Over; }
        bool is_put_through() const { return desk != nullptr; }

        std::unique_ptr<Caller> caller; ///< at their own telephone
        std::unique_ptr<SipLeg> queue;  ///< the switch's end of their call
        std::unique_ptr<SipLeg> desk;   ///< by which it is put through
        std::string extension;          ///< to which; empty: to none
        /// The extension that turned it away, while central says nothing else; empty: none did.
        std::string refused_at;
        bool hung_up = false; ///< before anybody answered, and central was not told yet
    };

    /// Enrols; `way` names the port of loopback on which it finds central, by the folder of its data.
    HeldSwitch(Bench& bench, std::function<std::uint16_t(std::filesystem::path const& folder)> const& way);
    HeldSwitch(HeldSwitch const&) = delete;
    HeldSwitch& operator=(HeldSwitch const&) = delete;
    ~HeldSwitch();

    /// False, after a word on why, on a machine without the programs.
    static bool can_run();

    /// Its dial plan: this extension is a desk's telephone.
    void connect_desk(std::string const& extension, std::uint16_t sip_port);
    /// Somebody calls: they are held as soon as it has answered.
    OnHold& call_from(std::string const& number, std::string const& language = "en");

    /// Looks after its calls, and tells central: at each change and every two seconds.
    void work();
    /// Tells central now; whether it took it.
    bool tell();
    /// What stands at its queue and tells central is dead: calls stay where they are, and all that it knew of
    /// them is forgotten.
    void die() { lives_ = false; }
    void come_back();

    /// How often central could not be told.
    int untold() const { return untold_; }

private:
    SipLeg::Place next_place(std::uint16_t telephone, std::string const& scenario);
    bool hear_caller(OnHold& one);
    bool hear_desk(OnHold& one);
    void do_as_told(boost::json::object const& place);
    void put_through(OnHold& one, std::string const& extension);
    void let_go_of_desk(OnHold& one, std::string const& how);
    std::string message();

    std::filesystem::path folder_;
    std::string tell_command_;
    PortBlock ports_;
    int next_port_ = 0;
    std::map<std::string, std::uint16_t> desks_; ///< SIP ports, by extension
    std::deque<OnHold> calls_;
    std::vector<std::unique_ptr<SipLeg>> let_go_; ///< their calls are ending
    bool lives_ = true;
    bool changed_ = false;
    std::int64_t sequence_ = 0;
    std::chrono::steady_clock::time_point told_at_ = {};
    int untold_ = 0;
};

} // namespace portico::test
