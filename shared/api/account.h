#pragma once

#include "shared/api/describe.h"
#include "shared/base/secret.h"

#include <optional>
#include <string>
#include <vector>

/// Getting and keeping an account. A registration session (from an activation code, or from an ID card plus
/// staff standing beside) may call these; so may a TwoFactors session for adding and removing. Every change
/// is told to every address on file.
namespace portico::api {

/// POST /v1/registration/code. The code from the letter of `portico-central account invite`: single use.
/// Returns SessionReply (InPersonWithStaff is not reached this way; the session may only register). The code
/// is spent when the first way to sign in is set up, so that a visit cut short can begin again; five tries in
/// all. A staff member's code comes with an empty birth date. Errors: Refused "activation_refused" (unknown,
/// spent, expired, wrong birth date: one answer), TooMany "sign_in_busy".
struct RegisterWithCode {
    Secret code;
    std::string birth_date; ///< YYYY-MM-DD: a stolen letter alone is not enough
};

/// POST /v1/registration/in-person. The member's printed card and a staff member's assertion (purpose
/// "staff_key") from the same terminal. Returns SessionReply. Errors: Unauthenticated "sign_in_refused" (card
/// or staff key), Refused "own_account" (staff do not confirm themselves).
struct RegisterInPerson {
    std::string card_number;
    std::string challenge_id;
    std::string credential_id;
    std::string authenticator_data;
    std::string client_data_json;
    std::string signature;
    std::string user_handle;
};

/// All below answer `Empty` unless said otherwise. POST /v1/account/password. Errors: InvalidInput
/// "username_taken", "username_invalid", "password_short", "password_common" (blocklist),
/// "password_has_plan_name".
struct SetPassword {
    std::string username;
    Secret password;
};
/// POST /v1/account/totp (Empty) begins, /v1/account/totp/confirm (TotpSignIn) ends with a code from the app.
/// Errors: Refused "totp_code_wrong", "totp_not_begun".
struct TotpBegun {
    Secret secret_base32;
    Secret uri; ///< otpauth://..., which holds the secret
};
/// POST /v1/account/pin: six digits or more; not a run, not one digit. Errors: InvalidInput "pin_weak".
struct SetPin {
    Secret pin;
};
/// POST /v1/account/security-keys. WebAuthn registration for a challenge of purpose "register_key".
/// Errors: Refused "key_refused", Conflict "key_registered_already".
struct AddSecurityKey {
    std::string challenge_id;
    std::string credential_id;
    std::string attestation_object; ///< CBOR, base64url
    std::string client_data_json;
    std::string label; ///< what the member calls it
};
/// POST /v1/account/chip-cards: a card shown with its PIN for a challenge of purpose "chip_card".
/// Errors: Refused "chip_card_refused" (not the plan's, expired, revoked, issued to another), Conflict
/// "chip_card_registered_already".
struct AddChipCard {
    std::string challenge_id;
    std::string certificate;
    std::string signature;
    std::string mechanism;
};
/// POST /v1/account/credentials/remove. The last way to sign in cannot be removed: Refused "last_credential".
struct RemoveCredential {
    std::string id;
};
/// GET /v1/account/credentials.
struct Credential {
    std::string id;
    std::string kind; ///< "security_key", "chip_card", "printed_card", "password", "pin", "totp"
    std::string label;
    std::string added_on;     ///< YYYY-MM-DD
    std::string last_used_on; ///< empty: never
};
struct Credentials {
    std::string username;
    std::vector<Credential> credentials;
};

BOOST_DESCRIBE_STRUCT(RegisterWithCode, (), (code, birth_date))
BOOST_DESCRIBE_STRUCT(RegisterInPerson, (),
                      (card_number, challenge_id, credential_id, authenticator_data, client_data_json,
                       signature, user_handle))
BOOST_DESCRIBE_STRUCT(SetPassword, (), (username, password))
BOOST_DESCRIBE_STRUCT(TotpBegun, (), (secret_base32, uri))
BOOST_DESCRIBE_STRUCT(SetPin, (), (pin))
BOOST_DESCRIBE_STRUCT(AddSecurityKey, (),
                      (challenge_id, credential_id, attestation_object, client_data_json, label))
BOOST_DESCRIBE_STRUCT(AddChipCard, (), (challenge_id, certificate, signature, mechanism))
BOOST_DESCRIBE_STRUCT(RemoveCredential, (), (id))
BOOST_DESCRIBE_STRUCT(Credential, (), (id, kind, label, added_on, last_used_on))
BOOST_DESCRIBE_STRUCT(Credentials, (), (username, credentials))

} // namespace portico::api
