#pragma once

#include "shared/api/describe.h"
#include "shared/base/secret.h"

#include <optional>
#include <string>
#include <vector>

/// Recovery: a rep begins it for a verified caller, the member ends it at a kiosk. Nobody chooses a secret
/// for another, and no reply at a desk holds a code. What the words mean: shared/domain/recovery_rules.h.
namespace portico::api {

/// POST /v1/cases/recovery. Once more while one is open is no error, and begins no second one. Errors, beside
/// those of shared/api/case_member.h: Refused "verification_needed", "account_missing", "account_disabled",
/// "nothing_of_that_kind" (the account has none of what is said to be lost), "recovery_no_way" (no code can
/// be sent: the member comes to the service center); InvalidInput "lost_unknown", "recovery_reason_unknown";
/// TooMany "recoveries_day_full".
struct StartRecovery {
    std::string case_id;
    /// "password", "security_key", "second_factor", "pin", "chip_card", "printed_card", "everything"
    std::string lost;
    std::string reason; ///< "forgotten", "lost", "stolen", "broken", "another_knows"
};

/// GET /v1/cases/recovery: how the last one of the member that is open stands, else the last one of the case.
struct RecoveryQuery {
    std::string case_id;
};
struct RecoveryState {
    std::string case_id;
    /// "": none; "waiting": for a colleague's yes; "started"; "finished"; "refused" (by the colleague);
    /// "expired"; "withdrawn" (by staff); "stopped" (by the member); "ended" (by wrong tries).
    std::string state;
    std::string lost;
    std::string reason;
    /// Why a colleague is asked, or would be now: as CaseLock::second_yes, or "second_factor_reset"; empty:
    /// nobody is.
    std::string second_yes;
    std::string expires;               ///< RFC 3339, of one that is open
    std::string first_way;             ///< of the codes of one that has started: "text", "letter"
    std::string first_to;              ///< masked
    std::string second_way;            ///< "mail", "letter"; empty: an authenticator or staff must stand in
    std::string second_to;             ///< masked
    int tries_left = 0;                ///< of one that has started
    std::vector<std::string> can_lose; ///< what the account has, in the words of StartRecovery::lost
};

/// POST /v1/cases/recovery/withdraw: of one that is open. Errors: Conflict "recovery_not_open".
struct WithdrawRecovery {
    std::string case_id;
};

/// POST /v1/recovery/begin, at a kiosk: sends the codes that go by text or mail, if this member has a
/// recovery open. The answer is the same if not, and if nobody is called so and was born on that day. Errors:
/// InvalidInput "who_invalid"; TooMany "sign_in_busy".
struct BeginRecovery {
    std::string who;        ///< username, or member ID as printed
    std::string birth_date; ///< YYYY-MM-DD
};

/// POST /v1/recovery/prove: a code and a second proof that is none by the same way. Returns SessionReply: a
/// session that may set anew what was lost and nothing else, which is what ends the recovery. Errors: Refused
/// "recovery_refused" (one answer for all that does not fit; five in which one of the two did end the
/// recovery), "own_account" (staff do not confirm themselves); InvalidInput "who_invalid",
/// "second_proof_unknown", "visit_invalid"; Forbidden "session_open"; TooMany "sign_in_busy". What is wrong
/// with a chip card itself is told as ChipCardSignIn does, and is no try.
struct ProveRecovery {
    std::string who;
    std::string birth_date; ///< YYYY-MM-DD
    Secret code;
    /// "code": the other one; "totp": of the member's code app; "security_key"; "chip_card"; "staff_key":
    /// somebody of the service center stands beside.
    std::string second;
    Secret second_code;        ///< "code", "totp"
    std::string challenge_id;  ///< of a key or chip card; its purpose is as `second`
    std::string credential_id; ///< this and the next two of a key, with `user_handle`
    std::string authenticator_data;
    std::string client_data_json;
    std::string signature; ///< of a key or chip card
    std::string user_handle;
    std::string certificate; ///< this and the next of a chip card, as ChipCardSignIn
    std::string mechanism;
    /// UUIDv7 of one visit to this kiosk. The same proof again in it, while its codes would work and its
    /// session is open, is told of that session once more (an answer may be lost); a key or chip card is
    /// shown anew for that. Absent: each proof counts once.
    std::optional<std::string> visit;
};

/// POST /v1/recovery/finish (Empty), by the session of a recovery: a key or card that was lost goes, and
/// nothing new comes in its place. No error when it has finished already. Errors: Refused "recovery_over",
/// "recovery_of_other" (something else was lost), "last_credential" (nothing would be left to sign in by).

/// GET /v1/recovery: whether somebody tries to come back to the account that is signed in.
struct OwnRecovery {
    bool open = false;
    std::string lost;    ///< as StartRecovery
    std::string started; ///< RFC 3339
};
/// POST /v1/recovery/stop (Empty): no error when none is open.

BOOST_DESCRIBE_STRUCT(StartRecovery, (), (case_id, lost, reason))
BOOST_DESCRIBE_STRUCT(RecoveryQuery, (), (case_id))
BOOST_DESCRIBE_STRUCT(RecoveryState, (),
                      (case_id, state, lost, reason, second_yes, expires, first_way, first_to, second_way,
                       second_to, tries_left, can_lose))
BOOST_DESCRIBE_STRUCT(WithdrawRecovery, (), (case_id))
BOOST_DESCRIBE_STRUCT(BeginRecovery, (), (who, birth_date))
BOOST_DESCRIBE_STRUCT(ProveRecovery, (),
                      (who, birth_date, code, second, second_code, challenge_id, credential_id,
                       authenticator_data, client_data_json, signature, user_handle, certificate, mechanism,
                       visit))
BOOST_DESCRIBE_STRUCT(OwnRecovery, (), (open, lost, started))

} // namespace portico::api
