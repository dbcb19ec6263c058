#pragma once

#include "shared/api/describe.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What the plan's telephone system and central tell one another of calls that it holds: it holds them,
/// central puts them in order, in one line with those who asked for a call (waiting_line.h).
namespace portico::api {

/// A call that waits at the telephone system.
struct HeldCall {
    std::string call;   ///< the system's own id of it, [A-Za-z0-9._:-], 1 to 64; never used again for another
    std::string since;  ///< RFC 3339, UTC: when the caller began to wait; what was told first stays
    std::string number; ///< the caller's, as shown; 32 bytes at most; empty: not shown
    std::string language; ///< BCP 47, which the caller chose; empty: not known
    /// The extension that `connect` has named and that turned the call away, or where nobody is: the call is
    /// in its place again at once. Told as long as `connect` names it. Left out: it rings there still, or the
    /// system does not know.
    std::optional<std::string> refused = {};
};
/// POST /v1/line/calls, of the plan's telephone system (a terminal of kind "telephone_system") and of nobody
/// else: all calls that it holds at this moment, each time as a whole, so that what is lost, doubled or late
/// does no harm. A call that is no longer told has left: it was answered where central had said to put it
/// through, unless it stands in `hung_up`; else the caller hung up. Told again after all, it comes back to
/// its place. Errors, and then nothing of it is taken: InvalidInput "sequence_invalid", "calls_many" (500 at
/// most, of either list), "call_id_invalid", "call_id_twice" (in one list or in both), "since_invalid" (no
/// time, or more than five minutes to come; older than a day is a day), "number_long", "language_invalid",
/// "extension_invalid"; Conflict "calls_outdated" (a later one was taken already).
struct HeldCalls {
    /// From 1; above that of the message before, or it is not taken: the same again is only answered again.
    /// Milliseconds since 1970 are good for it. After ten minutes of silence any is taken.
    std::int64_t sequence = 0;
    std::vector<HeldCall> calls;
    /// Ids of calls that are no longer told because their callers hung up before anybody answered them, also
    /// while it rang at a desk: they were not put through. Told until a message was taken; a minute after the
    /// call has left it is too late to say so, and what is not known here is no error.
    std::optional<std::vector<std::string>> hung_up = {};
};
/// How one of them stands.
struct HeldCallPlace {
    std::string call;
    int place = 0; ///< in the one line; 1 is next; 0: a rep has taken it
    /// Minutes from now, to announce to the caller; both 0: too few were measured to say.
    int wait_min = 0;
    int wait_max = 0;
    /// The extension to put it through to, now; empty: it waits. Told until it is no longer held, or until it
    /// waits again: `connect_within_s` after a rep has taken it, when it is `refused` there, or when the rep
    /// gives it back.
    std::string connect;
};
struct HeldCallPlaces {
    std::vector<HeldCallPlace> calls; ///< in the order asked; one that is not known is left out
    /// Unless the system tells again within so long, its calls leave the line until it does: nobody could put
    /// them through. Good is at each change and every two seconds.
    int again_within_s = 0;
    int connect_within_s = 0;
};

BOOST_DESCRIBE_STRUCT(HeldCall, (), (call, since, number, language, refused))
BOOST_DESCRIBE_STRUCT(HeldCalls, (), (sequence, calls, hung_up))
BOOST_DESCRIBE_STRUCT(HeldCallPlace, (), (call, place, wait_min, wait_max, connect))
BOOST_DESCRIBE_STRUCT(HeldCallPlaces, (), (calls, again_within_s, connect_within_s))

} // namespace portico::api
