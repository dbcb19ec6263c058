#pragma once

#include "shared/api/ringing.h"
#include "shared/base/clock.h"
#include "shared/devices/telephone.h"
#include "shared/terminal/load.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace portico::agent {

/// One call at this desk, beside what the telephone says of it.
struct CallAtHand {
    PhoneCall call = {};
    /// By `portico-agent call`: another telephone has it, which alone can answer or hold it. That it has
    /// ended, the rep says.
    bool handed_over = false;
    terminal::Load<api::Candidates> candidates = {}; ///< who might ring; asked once
    std::string case_id = {};                        ///< empty: none yet
    bool wanted = false;                             ///< the rep has answered it here, and waits for its case
    terminal::RequestNumber opening = 0;             ///< of its case, which is being opened
    std::optional<Error> no_case = {};               ///< why it could not be
    MonoTime gone_at = {}; ///< of one that nobody took: when it leaves the list; none: it stays

    bool live() const { return call.state != PhoneCall::State::Ended; }
    bool rings() const { return call.state == PhoneCall::State::Ringing; }
    /// Somebody is on it: talked to, on hold, or keying.
    bool answered() const { return live() && !rings() && call.state != PhoneCall::State::Dialling; }
    /// The telephone of this desk can work it now.
    bool at_telephone() const { return live() && !handed_over; }
};

/// The telephone of a desk and all calls at it, in the order in which they came.
struct CallsAtHand {
    TelephoneState telephone = TelephoneAbsent{};
    std::vector<CallAtHand> all = {};
    /// Which one the keys of calls are about. The rep chooses it, by answering too: a call that rings never
    /// becomes it by itself.
    std::string chosen = {};
    std::uint64_t handed_over = 0; ///< how many have been, also while nobody was there to see them
    struct Expected {
        std::string ticket;
        std::string case_id;
    };
    std::vector<Expected> expected = {}; ///< whose calls the telephone was told to make; the newest few

    CallAtHand* find(std::string const& id);
    CallAtHand const* find(std::string const& id) const { return const_cast<CallsAtHand*>(this)->find(id); }
    /// The case for which this desk dialled; empty when it knows of none.
    std::string case_of_ticket(std::string const& ticket) const;
    /// One that stands and was dialled here before the last sign-out, or the last start of this program: for
    /// which case, this desk no longer knows.
    CallAtHand* stray();
    bool has_stray() const { return const_cast<CallsAtHand*>(this)->stray() != nullptr; }
    /// The newest that is on the line, else the newest: beside the caller's own there may be one to the
    /// number on file.
    CallAtHand* of_case(std::string const& case_id);
    CallAtHand const* of_case(std::string const& case_id) const {
        return const_cast<CallsAtHand*>(this)->of_case(case_id);
    }
    CallAtHand const* chosen_call() const { return find(chosen); }
    /// The one that would be answered now: the chosen one, or that which rings longest.
    CallAtHand const* ringing() const;
    /// How many calls of other telephones are shown.
    std::size_t handed_over_now() const;
    /// The telephone takes digits that do not pass through this program.
    bool has_keypad() const;
};

} // namespace portico::agent
