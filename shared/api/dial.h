#pragma once

#include "shared/api/describe.h"

#include <string>

/// A desk calls a number that it does not see. Central gives the desk a ticket; the desk's telephone helper
/// changes it into the number, dials, and says what came of it (docs/architecture.md, "The telephone").
namespace portico::api {

/// POST /v1/cases/call-back, of an identified caller who cannot show otherwise who they are: the rep calls
/// the number on file, and who answers there keys 1. Central believes the helper, and nobody else, that this
/// number was dialled and answered. A number changed within 30 days is not called. How far it is stands in
/// CaseItem::code. Asking again ends the ticket before. Errors: those of shared/api/case_member.h; Conflict
/// "verified_already", "check_elsewhere"; Refused "code_not_possible" (a hindrance of
/// shared/api/caller_code.h), "verification_frozen" (retry_after_s); TooMany "codes_hour_full".
struct CallNumberOnFile {
    std::string case_id;
};
struct DialTicket {
    std::string case_id;
    std::string ticket; ///< [A-Za-z0-9_-], 43 bytes; of this desk, for two minutes
    std::string to;     ///< masked: "(***) ***-**12"
    int expires_in_s = 0;
};

/// POST /v1/phone/number, of a telephone helper: the number behind a ticket of its desk; the same helper may
/// ask again while the ticket lives. Errors: NotFound "ticket_gone" (run out, another desk's, none at all, no
/// longer wanted, or its call was reported: all the same).
struct NumberOfTicket {
    std::string ticket;
};
struct NumberToDial {
    std::string number; ///< E.164; never logged, never sent on to the desk
};

/// POST /v1/phone/dialled, of the same helper: how the call of a ticket went. Each once; the same again is
/// told the same. Errors: NotFound "ticket_gone" (nobody asked for its number, another call, too late, ended
/// otherwise); InvalidInput "call_invalid", "dialled_unknown".
struct Dialled {
    std::string ticket;
    std::string call; ///< id of the call at this desk's telephone
    /// "answered", "not_answered" (busy and declined too), "failed" (it could not be dialled); after
    /// "answered", within five minutes, "confirmed": who answered keyed 1.
    std::string outcome;
};

BOOST_DESCRIBE_STRUCT(CallNumberOnFile, (), (case_id))
BOOST_DESCRIBE_STRUCT(DialTicket, (), (case_id, ticket, to, expires_in_s))
BOOST_DESCRIBE_STRUCT(NumberOfTicket, (), (ticket))
BOOST_DESCRIBE_STRUCT(NumberToDial, (), (number))
BOOST_DESCRIBE_STRUCT(Dialled, (), (ticket, call, outcome))

} // namespace portico::api
