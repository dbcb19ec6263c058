#pragma once

#include "shared/api/describe.h"

#include <cstdint>
#include <string>
#include <vector>

/// The one line of those who asked at a kiosk that a rep calls them and of callers whom the plan's telephone
/// system holds (held_calls.h). Central puts them in order: who has waited longest comes first; one whom
/// nobody answered keeps its place and rests in between. Calls of a system that is not heard of are not in
/// it.
namespace portico::api {

/// POST /v1/call-backs, at a kiosk: asks for a call. With a member's session the number may be empty (the one
/// on file); without one it is what the person typed, which says nothing about who they are. The same
/// `call_back` id again is told how it stands. Errors: InvalidInput "call_back_id_invalid", "number_invalid",
/// "language_unknown", "about_unknown"; Refused "no_number_on_file"; Conflict "call_back_waits" (this number,
/// or this member, waits already); TooMany "call_backs_terminal_full", "call_backs_number_full" (with
/// retry_after_s), "line_full".
struct AskCallBack {
    std::string call_back; ///< UUIDv7, made by the terminal
    std::string number;    ///< as typed; empty: the one on file
    std::string language;  ///< BCP 47, in which the person wants to speak
    std::string about;     ///< "account_locked", "claim", "card", "other"
};
/// GET /v1/call-backs/place, of the terminal where it was asked. Errors: NotFound "call_back_unknown" (also
/// another terminal's).
struct CallBackQuery {
    std::string call_back;
};
struct CallBackPlace {
    std::string call_back;
    std::string state; ///< "waiting", "resting" (nobody answered; it is tried again), "calling", "reached",
                       ///< "not_reached" (after the last try, or a wrong number), "cancelled"
    int place = 0;     ///< waiting or resting: 1 is next
    /// Where it will ring, masked: "(***) ***-**12". Told once, to who asked; empty in /v1/call-backs/place,
    /// and for who is no more than identified, of whom nothing on file is shown.
    std::string to = {};
    /// Minutes until the call, as nine of ten of the latest waits would have it; both 0: too few calls were
    /// measured to say.
    int wait_min = 0;
    int wait_max = 0;
};
/// POST /v1/call-backs/cancel, of the same terminal. Once more is no error. Errors: as CallBackQuery;
/// Conflict "call_back_begun" (it rings, or is over).
struct CancelCallBack {
    std::string call_back;
};

/// GET /v1/line, at a desk: who waits, in order, without anybody's data.
struct WaitingEntry {
    std::string call_back; ///< the entry's id, of either kind
    std::string since;     ///< RFC 3339
    std::string language;
    std::string about;
    int tries = 0;           ///< calls that nobody answered
    std::string rests_until; ///< RFC 3339; empty: may be called now
    std::string kind = {};   ///< "call_back"; "held_call": on the line, holding
};
struct WaitingLine {
    std::vector<WaitingEntry> items; ///< 200 at most
    std::int64_t waiting = 0;        ///< in all
    int wait_min = 0;                ///< for who would come last now; as CallBackPlace
    int wait_max = 0;
    /// How honest the estimates of the last 50 people were: how many of them were called within what they had
    /// been told, of a hundred; -1: too few.
    int kept_percent = -1;
    std::string at_hand;      ///< what the asking rep has taken and not ended, of either kind; empty: none
    std::int64_t holding = 0; ///< of those who wait: callers on the line
    std::string
        telephone; ///< the plan's telephone system: "none", "heard", "silent" (its calls are left out)
    /// This desk has an extension (`portico-central terminal extension`): held calls are put through to it.
    bool takes_calls = false;
    /// The held call that the asking rep took last, within the last ten minutes, and what became of it:
    /// "ringing", "put_through", "waiting" (it is in its place again), "gone" (the caller hung up before it
    /// was answered).
    std::string last_held;
    std::string last_held_state;
};
/// POST /v1/line/next, at a desk: takes whose turn it is. Of a call-back a case is opened (channel
/// "call_back"): about the member in whose session it was asked, identified and never verified, or about
/// nobody. A held call is put through to the extension of this desk and rings there as every call does; its
/// case is opened when it is answered. A desk without an extension gets call-backs alone. With one at hand
/// that is not ended, it is told again, with a new ticket: an answer may have been lost. What is about the
/// rep themself, or what they gave back a short while ago, is a colleague's. Errors: NotFound "line_empty"
/// (nobody is due); TooMany "cases_open_many"; Refused "records_hour_full".
struct NextCallBack {};
struct CallBackTaken {
    std::string call_back; ///< the entry's id, of either kind
    std::string case_id;   ///< empty: of a held call
    std::string language;
    std::string about;
    int tries = 0;
    std::string ticket;       ///< with which this desk's telephone dials, and the desk never sees the number:
                              ///< shared/api/dial.h; empty: it cannot be dialled from here
    std::string to;           ///< masked
    int outcome_within_s = 0; ///< then it goes back to the line, unless it is seen that they have spoken, or
                              ///< that it was put through
    std::string kind = {};    ///< as WaitingEntry
};
/// POST /v1/line/outcome, of what one has taken, as soon as somebody answers, or nobody does; of a held call
/// only that it is given back. The same again is no error. Errors: InvalidInput "outcome_unknown"; NotFound
/// "call_back_unknown" (also a colleague's); Conflict "call_back_ended".
struct CallBackOutcome {
    std::string call_back;
    std::string outcome; ///< "reached", "no_answer" (it is tried again, three times in all),
                         ///< "wrong_number", "given_back" (to its place, which is the front: for a colleague)
};

BOOST_DESCRIBE_STRUCT(AskCallBack, (), (call_back, number, language, about))
BOOST_DESCRIBE_STRUCT(CallBackQuery, (), (call_back))
BOOST_DESCRIBE_STRUCT(CallBackPlace, (), (call_back, state, place, to, wait_min, wait_max))
BOOST_DESCRIBE_STRUCT(CancelCallBack, (), (call_back))
BOOST_DESCRIBE_STRUCT(WaitingEntry, (), (call_back, since, language, about, tries, rests_until, kind))
BOOST_DESCRIBE_STRUCT(WaitingLine, (),
                      (items, waiting, wait_min, wait_max, kept_percent, at_hand, holding, telephone,
                       takes_calls, last_held, last_held_state))
BOOST_DESCRIBE_STRUCT(NextCallBack, (), ())
BOOST_DESCRIBE_STRUCT(CallBackTaken, (),
                      (call_back, case_id, language, about, tries, ticket, to, outcome_within_s, kind))
BOOST_DESCRIBE_STRUCT(CallBackOutcome, (), (call_back, outcome))

} // namespace portico::api
