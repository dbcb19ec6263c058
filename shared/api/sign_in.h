#pragma once

#include "shared/api/describe.h"
#include "shared/base/secret.h"
#include "shared/domain/operation.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// Sign-in. Every call goes over the terminal's certified connection. A session's token travels as
/// `Authorization: Bearer`; sign-in calls made with a session's token step that session up (same account
/// only). Errors of all: Unauthenticated "sign_in_refused" (one reply and time for unknown and wrong), Locked
/// "account_locked" with retry_after_s (0: until recovery or unlock; told only after a key or card named the
/// account, DESIGN/LOOK 04), TooMany "sign_in_busy".
namespace portico::api {

/// POST /v1/sign-in/challenge. Single use, bound to this terminal (and session, when stepping up), 120 s.
struct ChallengeRequest {
    std::string purpose; ///< "security_key", "chip_card", "register_key", "staff_key"
};
struct ChallengeReply {
    std::string challenge_id;
    std::string challenge; ///< base64url, 32 bytes
    std::string rp_id;
    std::string origin;
    std::vector<std::string> credential_ids; ///< base64url; allow list (or exclude list for register_key)
    std::string user_id;                     ///< base64url user handle, register_key only
    std::string user_name;                   ///< register_key only
};

/// POST /v1/sign-in/security-key. WebAuthn assertion; binary fields base64url.
struct SecurityKeySignIn {
    std::string challenge_id;
    std::string credential_id;
    std::string authenticator_data;
    std::string client_data_json;
    std::string signature;
    std::string user_handle; ///< empty when the key gave none
};

/// POST /v1/sign-in/chip-card. The card signed the challenge after its PIN. What is wrong with the card
/// itself is told: Refused "chip_card_foreign", "chip_card_expired", "chip_card_revoked"; Unavailable
/// "revocation_list_stale".
struct ChipCardSignIn {
    std::string challenge_id;
    std::string certificate; ///< DER, base64url
    std::string signature;   ///< over the challenge bytes, base64url
    std::string mechanism;   ///< "rsa_pkcs1_sha256", "ecdsa_sha256"
};

/// POST /v1/sign-in/printed-card. Without a PIN the session is only Identified.
struct PrintedCardSignIn {
    std::string card_number;
    std::optional<Secret> pin;
};

/// POST /v1/sign-in/password: OneFactor. POST /v1/sign-in/totp then steps it up to TwoFactors.
struct PasswordSignIn {
    std::string username; ///< case-sensitive
    Secret password;
};
struct TotpSignIn {
    Secret code; ///< six digits
};

/// What a new or stepped-up session is.
struct SessionReply {
    std::string token; ///< base64url; same token when stepping up
    Assurance assurance = Assurance::Nothing;
    std::int64_t expires_in_s = 0; ///< absolute end
    std::string given_name;        ///< empty below OneFactor
    std::string member_id_end;     ///< last four characters; empty below OneFactor
    std::string language;          ///< preferred, BCP 47, may be empty
    std::vector<std::string>
        step_up_ways; ///< "pin", "security_key", "chip_card", "totp": what would raise it
    bool is_staff = false;
    bool call_check = false; ///< a desk asks this member: GET /v1/call-check
    /// Of a session that comes back to an account (shared/api/recovery.h): what it sets anew, as
    /// StartRecovery::lost; empty for all others.
    std::string sets_anew = {};
    /// Of staff at a kiosk: may look after it (POST /v1/terminal/diagnostics).
    bool services_kiosk = false;
};

/// POST /v1/sign-out.
struct Empty {};

BOOST_DESCRIBE_STRUCT(ChallengeRequest, (), (purpose))
BOOST_DESCRIBE_STRUCT(ChallengeReply, (),
                      (challenge_id, challenge, rp_id, origin, credential_ids, user_id, user_name))
BOOST_DESCRIBE_STRUCT(SecurityKeySignIn, (),
                      (challenge_id, credential_id, authenticator_data, client_data_json, signature,
                       user_handle))
BOOST_DESCRIBE_STRUCT(ChipCardSignIn, (), (challenge_id, certificate, signature, mechanism))
BOOST_DESCRIBE_STRUCT(PrintedCardSignIn, (), (card_number, pin))
BOOST_DESCRIBE_STRUCT(PasswordSignIn, (), (username, password))
BOOST_DESCRIBE_STRUCT(TotpSignIn, (), (code))
BOOST_DESCRIBE_STRUCT(SessionReply, (),
                      (token, assurance, expires_in_s, given_name, member_id_end, language, step_up_ways,
                       is_staff, call_check, sets_anew, services_kiosk))
BOOST_DESCRIBE_STRUCT(Empty, (), ())

} // namespace portico::api
