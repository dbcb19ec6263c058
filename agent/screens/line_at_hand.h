#pragma once

#include "shared/api/waiting_line.h"
#include "shared/base/clock.h"
#include "shared/terminal/load.h"

#include <optional>
#include <string>

namespace portico::agent {

/// The line of those who wait, on the line or for a call, and the one whom this rep has taken.
struct LineAtHand {
    terminal::Load<api::WaitingLine> line = {};
    /// Taken, and nothing said yet of how the call went.
    std::optional<api::CallBackTaken> taken = {};
    terminal::Doing doing = {};   ///< the next one is taken, or it is said how a call went
    std::string saying = {};      ///< how it went, while it is not known whether central has it
    bool empty = false;           ///< nobody could be called when the next was asked for
    bool went_back = false;       ///< nothing was said in time: what was taken is in the line again
    bool not_put_through = false; ///< the held call that was taken is in its place again
    bool hung_up = false;         ///< its caller hung up before it was put through
    /// When the next was asked for: what this rep had already, as central had said. Empty: nothing.
    std::string goes_on_with = {};

    /// Taken here or elsewhere, and not known here: after a start of this program, or an answer that was
    /// lost.
    bool has_unknown() const { return !taken && line.value && !line.value->at_hand.empty(); }
    bool unknown_is_held() const { return has_unknown() && line.value->last_held == line.value->at_hand; }
    /// A held call was taken and rings here in a moment. It has no case before it is answered.
    bool rings_soon() const { return taken && taken->kind == "held_call"; }
    bool is_of_case(std::string const& case_id) const {
        return taken && !rings_soon() && taken->case_id == case_id;
    }
    /// Calls that the plan's telephone system holds are in this line, or would be.
    bool has_calls() const { return line.value && (line.value->takes_calls || line.value->holding > 0); }
    bool has_news() const { return rings_soon() || empty || went_back || not_put_through || hung_up; }
    void forget_news() { empty = went_back = not_put_through = hung_up = false; }
};

} // namespace portico::agent
