#pragma once

#include "shared/api/describe.h"

#include <string>
#include <vector>

/// The unlock of a member's account, through a case whose caller is verified. Errors of all for a desk's
/// case, beside those of shared/api/case_member.h: Refused "verification_needed".
namespace portico::api {

/// One wrong try of those that count against the account now.
struct WrongSignIn {
    std::string at;            ///< RFC 3339
    std::string way;           ///< "password", "pin", "totp"
    std::string terminal_name; ///< as the plan calls it; empty: no longer known
};

/// GET /v1/cases/lock: what locked it.
struct CaseLockQuery {
    std::string case_id;
};
struct CaseLock {
    std::string case_id;
    std::string account;                     ///< as CaseMember::account
    std::vector<WrongSignIn> wrong_sign_ins; ///< the newest first
    /// Why an unlock needs a second person's yes: "restored_lately" (it was unlocked or recovered within 30
    /// days), "contact_changed_lately" (the ways to reach the member changed within 30 days),
    /// "protected_record", "verified_by_mail" (and by nothing stronger), "representative" (who asks speaks
    /// for the member); empty: it does not.
    std::string second_yes;
};

/// POST /v1/cases/unlock. Once more while a colleague is asked is no error, and asks nobody again. Errors:
/// InvalidInput "unlock_reason_unknown"; Conflict "not_locked"; Refused "account_missing",
/// "account_disabled".
struct UnlockAccount {
    std::string case_id;
    std::string reason; ///< "mistyped", "forgotten", "another_tried", "terminal_fault"
};
struct UnlockReply {
    std::string case_id;
    std::string state;   ///< "unlocked"; "waiting": for a colleague's yes
    std::string expires; ///< waiting: until when a colleague may say it, RFC 3339; else empty
};

/// GET /v1/work/unlock: what an approver decides about by the entry of kind "unlock_approval" or
/// "recovery_approval" (POST /v1/work/decide), without the member's data. Errors: NotFound
/// "queue_entry_unknown"; Conflict "queue_entry_done", "approval_expired".
struct AskedUnlockQuery {
    std::string entry;
};
struct AskedUnlock {
    std::string entry;
    std::string asked_by_name;
    std::string at;           ///< RFC 3339
    std::string expires;      ///< RFC 3339; fifteen minutes later
    std::string reason;       ///< as UnlockAccount
    std::string second_yes;   ///< as CaseLock
    std::string verified_way; ///< as CaseItem
    std::string verified_at;  ///< RFC 3339
    std::string account;      ///< as CaseMember::account
    std::vector<WrongSignIn> wrong_sign_ins;
    /// Of an entry of kind "recovery_approval", which is asked and decided in the same way: what was lost, as
    /// StartRecovery (shared/api/recovery.h), as is `reason` then; empty: an unlock is asked for.
    std::string lost = {};
};

BOOST_DESCRIBE_STRUCT(WrongSignIn, (), (at, way, terminal_name))
BOOST_DESCRIBE_STRUCT(CaseLockQuery, (), (case_id))
BOOST_DESCRIBE_STRUCT(CaseLock, (), (case_id, account, wrong_sign_ins, second_yes))
BOOST_DESCRIBE_STRUCT(UnlockAccount, (), (case_id, reason))
BOOST_DESCRIBE_STRUCT(UnlockReply, (), (case_id, state, expires))
BOOST_DESCRIBE_STRUCT(AskedUnlockQuery, (), (entry))
BOOST_DESCRIBE_STRUCT(AskedUnlock, (),
                      (entry, asked_by_name, at, expires, reason, second_yes, verified_way, verified_at,
                       account, wrong_sign_ins, lost))

} // namespace portico::api
