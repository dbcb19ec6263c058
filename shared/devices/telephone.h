#pragma once

#include "shared/base/result.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace portico {

/// Most calls at one telephone at once; another one is turned away before it rings.
inline constexpr std::size_t calls_max = 8;

/// One call at a desk's telephone.
struct PhoneCall {
    enum class State : std::uint8_t {
        Ringing,  ///< nobody has answered yet
        Dialling, ///< this desk calls, and nobody has answered yet
        Talking,
        Held,   ///< the caller hears music or nothing, and the rep another call
        Keying, ///< the caller keys a code; the rep hears nothing of this call meanwhile
        Ended,  ///< told once, then the call is gone from the list
    };
    std::string id;   ///< of the telephone: [A-Za-z0-9-], at most 64 bytes; never used again
    std::string from; ///< E.164 where it is known to be a number ("+15550100134"); empty: hidden, or dialled
    std::string line; ///< the plan's line that was called, as the plan names it; may be empty
    State state = State::Ringing;
    int keyed = 0; ///< Keying: how many digits of this entry have come, never which
    /// Ended: "caller" (or who was called) or "desk" hung up, "transferred", "missed" (nobody answered in
    /// time, or before the caller hung up), "failed" (the line broke). Of one that was dialled also
    /// "not_answered" (nobody was there, busy, declined) and "not_dialled" (the ticket is worth nothing, or
    /// the telephone system does not take its number).
    std::string end = {};
    /// What came of the last entry: "right", "wrong" (may be keyed again), "ended" (no tries left),
    /// "code_gone" (no code waits for this call), "central_unreachable" (the entry is lost, and may be keyed
    /// again), "not_muted" (the rep's ear could not be closed, so that nothing is taken: still Talking),
    /// "out_of_service" (central takes nothing of this telephone any more, nor will it later). Empty before
    /// the first one, and while digits of another come. Of one that was dialled, of the 1 that who answered
    /// has keyed: "right" (central has it), "code_gone", "central_unreachable" (it is told once more),
    /// "out_of_service" (also when there was no number for it). What it proves is central's to say.
    std::string entry = {};
    /// Of one that this desk dialled: the ticket that it was dialled by. The number is not known here. Empty:
    /// it came in.
    std::string ticket = {};
    bool dialled() const { return !ticket.empty(); }
    bool operator==(PhoneCall const&) const = default;
};

/// There is no telephone at this desk, or calls are only handed over and cannot be worked from here.
struct TelephoneAbsent {
    bool operator==(TelephoneAbsent const&) const = default;
};
/// What is known of a telephone that can ring and be answered from the desk.
struct TelephoneReady {
    bool registered = false; ///< with the plan's telephone system: it can ring at all
    /// Digits that a caller keys reach central without passing through this program.
    bool keypad = false;
    bool operator==(TelephoneReady const&) const = default;
};
/// The helper or the softphone is gone; reason "telephone_gone" or "telephone_refused".
struct TelephoneFault {
    Error error;
    bool operator==(TelephoneFault const&) const = default;
};
using TelephoneState = std::variant<TelephoneAbsent, TelephoneReady, TelephoneFault>;

/// All of a telephone: how it is, and its calls in the order in which they came.
struct TelephoneView {
    TelephoneState state;
    std::vector<PhoneCall> calls;
    bool operator==(TelephoneView const&) const = default;
};

/// A desk's telephone. Commands never block: what comes of one is seen in the view. A call that is not there
/// any more is no error, for callers hang up as they please; nor is a command that does not fit the call's
/// state (to hold what still rings): it changes nothing. One call at most is Talking or Keying.
///
/// Errors of commands, by `reason`: telephone_gone (Unavailable), call_unknown (NotFound: never was one
/// here), number_invalid, ticket_invalid (InvalidInput).
class Telephone {
public:
    Telephone() = default;
    Telephone(Telephone const&) = delete;
    Telephone& operator=(Telephone const&) = delete;
    virtual ~Telephone() = default;

    /// Any thread.
    virtual TelephoneView view() const = 0;
    /// As SecurityKey::watch: now, then on every change, from the device's thread; empty ends it.
    virtual void watch(std::function<void(TelephoneView const&)> changed) = 0;

    /// Answers a ringing call; the one that is talked to is held, one that is keyed in stops that first.
    virtual Result<void> answer(std::string const& call) = 0;
    /// Holds the call that is talked to or keyed in.
    virtual Result<void> hold(std::string const& call) = 0;
    /// Goes on with a held call; the other is held as by `answer`.
    virtual Result<void> resume(std::string const& call) = 0;
    /// Ends a call in any state; one that rings is declined.
    virtual Result<void> hang_up(std::string const& call) = 0;
    /// Hands a call that was answered to another number, without announcing it. `to`: check_dial_number.
    virtual Result<void> transfer(std::string const& call, std::string const& to) = 0;
    /// Of the call that is talked to. From now on the rep hears nothing of it, and what the caller keys goes
    /// to central, six digits an entry ("*" and "#" drop what has come of one), until `stop_keying` or until
    /// central has said "right", "ended" or "code_gone".
    virtual Result<void> start_keying(std::string const& call) = 0;
    virtual Result<void> stop_keying(std::string const& call) = 0;
    /// Calls the number behind a ticket of central's (shared/api/dial.h), which is not told here; the call
    /// that is talked to is held once it is dialled. It is in the view at once; a ticket whose call is there
    /// changes nothing. Who answers keys 1, once, while they are talked to: the telephone tells central.
    virtual Result<void> dial(std::string const& ticket) = 0;
};

/// Whether this could be a ticket: [A-Za-z0-9_-], 1 to 64 bytes. Errors: InvalidInput "ticket_invalid".
Result<void> check_dial_ticket(std::string_view ticket);

} // namespace portico
