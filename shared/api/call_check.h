#pragma once

#include "shared/api/describe.h"

#include <string>
#include <vector>

/// Whether the caller is the member: what they have, not what they know. The desk asks, the member answers in
/// a session of their own, and central compares.
namespace portico::api {

/// POST /v1/cases/verify, at a desk: asks the member of the case, wherever they are signed in with two
/// factors now or within the next minutes, whether they are on the phone. The rep reads the number out; the
/// member finds it among others, so that neither a confirmation by somebody who is on no call nor a call by
/// somebody who is not the plan comes through. Asking again for the same case gives another number, and
/// the one before counts for nothing.
/// Errors: those of shared/api/case_member.h; InvalidInput "verify_way_unknown"; Conflict
/// "verified_already", "check_elsewhere" (another case asks this member now); Refused "account_missing"
/// (the member cannot sign in anywhere), "account_disabled", "verification_frozen" (three answers were
/// wrong within 24 hours; retry_after_s).
struct VerifyCaller {
    std::string case_id;
    std::string way; ///< "own_session"
};
struct CallCheckAsked {
    std::string case_id;
    std::string number; ///< two digits, to be read out
    int expires_in_s = 0;
};

/// GET /v1/call-check, in the member's session: whether a desk asks. The numbers are in no order.
struct CallCheck {
    std::string check;                ///< empty: nobody asks
    std::vector<std::string> numbers; ///< two digits each; one of them is what the rep read out
    int expires_in_s = 0;
};
/// POST /v1/call-check/answer, once; the same answer again is told the same, and counts no more. Errors:
/// InvalidInput "number_unknown" (none of those shown; not counted); NotFound "check_gone" (answered, run
/// out, asked anew, or the case is closed); Refused "check_wrong": not the number that was read out. The desk
/// is told either way.
struct AnswerCallCheck {
    std::string check;
    std::string number; ///< empty: "I am not on the phone with the plan"
};

BOOST_DESCRIBE_STRUCT(VerifyCaller, (), (case_id, way))
BOOST_DESCRIBE_STRUCT(CallCheckAsked, (), (case_id, number, expires_in_s))
BOOST_DESCRIBE_STRUCT(CallCheck, (), (check, numbers, expires_in_s))
BOOST_DESCRIBE_STRUCT(AnswerCallCheck, (), (check, number))

} // namespace portico::api
