#pragma once

#include "shared/api/describe.h"

#include <string>
#include <vector>

/// Whether the caller is the member, shown by a one-time code that is sent to what is on file, or that their
/// own code app shows, and keyed by the caller on their telephone. Central compares; the desk is told how it
/// went, never the code (DOMAIN "Sign-in, lockout, verification", rows "One-time code" and "Caller").
namespace portico::api {

/// GET /v1/cases/ways: how this caller can show to be the member, the strongest first. Errors: those of
/// shared/api/case_member.h.
struct VerifyWaysQuery {
    std::string case_id;
};
struct VerifyWay {
    std::string way; ///< "own_session", "totp", "text_code", "call_back" (shared/api/dial.h), "mail_code"
    /// Where a code would go, or what would be called: "(***) ***-**12", "a***@e***"; empty for "own_session"
    /// and "totp".
    std::string to;
    /// Empty: it can be asked now. "not_on_file" (nothing, or a number that takes no texts, or is not to be
    /// called); "changed_lately" (it was changed within 30 days); "no_account" (nothing to sign in to);
    /// "no_code_app" (the member has added none); "not_set_up" (central has no gateway for it); "no_keypad"
    /// (this desk has no telephone that takes keys); "frozen" (nobody is verified by phone for a day).
    std::string hindrance;
};
struct VerifyWays {
    std::string case_id;
    std::vector<VerifyWay> ways;
};

/// POST /v1/cases/code: sends a code of six digits for one call; by "totp" nothing is sent, and the code that
/// the member's code app shows when it is keyed counts, once over sign-in and calls together. It ends after
/// five minutes, five wrong tries, or when another is sent; fifteen wrong tries of a member within a day,
/// over whichever codes (a wrong answer of shared/api/call_check.h counts as five), freeze verification by
/// phone for a day, and the member is told. Errors: those of shared/api/case_member.h; InvalidInput
/// "verify_way_unknown", "call_invalid"; Conflict "verified_already" (by a way as sure as this),
/// "check_elsewhere" (another case asks this member now); Refused "code_not_possible" (a hindrance of
/// shared/api/caller_code.h), "verification_frozen" (retry_after_s); TooMany "codes_hour_full".
struct SendCode {
    std::string case_id;
    std::string way;  ///< "totp", "text_code", "mail_code"
    std::string call; ///< id of the call at this desk's telephone: only what is keyed in it counts
};
struct CodeSent {
    std::string case_id;
    std::string to; ///< as VerifyWay
    int expires_in_s = 0;
    int tries_left = 0;
};

/// POST /v1/phone/keyed, of a telephone helper (a terminal of kind "phone", which belongs to one desk) and of
/// nobody else: what a caller has keyed. The same `keyed` id again is told the same, and counts no more.
/// Errors: InvalidInput "keyed_invalid", "digits_invalid", "call_invalid"; NotFound "code_gone": no code
/// waits for this call.
struct KeyedDigits {
    std::string keyed; ///< UUIDv7 of this entry, made by the helper
    std::string call;
    std::string digits; ///< six
};
struct KeyedOutcome {
    std::string outcome; ///< "right"; "wrong" (may be keyed again); "ended" (that was the last try)
    int tries_left = 0;
};

BOOST_DESCRIBE_STRUCT(VerifyWaysQuery, (), (case_id))
BOOST_DESCRIBE_STRUCT(VerifyWay, (), (way, to, hindrance))
BOOST_DESCRIBE_STRUCT(VerifyWays, (), (case_id, ways))
BOOST_DESCRIBE_STRUCT(SendCode, (), (case_id, way, call))
BOOST_DESCRIBE_STRUCT(CodeSent, (), (case_id, to, expires_in_s, tries_left))
BOOST_DESCRIBE_STRUCT(KeyedDigits, (), (keyed, call, digits))
BOOST_DESCRIBE_STRUCT(KeyedOutcome, (), (outcome, tries_left))

} // namespace portico::api
