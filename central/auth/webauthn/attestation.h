#pragma once

#include "central/auth/webauthn/authenticator_data.h"
#include "shared/base/result.h"

#include <string>
#include <string_view>

namespace portico::central {

inline constexpr std::size_t attestation_object_bytes_max = 16'384;

struct RegistrationExpected {
    ByteView challenge;
    std::string_view rp_id;
    std::string_view origin;
};
struct RegistrationAnswer {
    ByteView credential_id; ///< as the terminal named it; must be the one in the attestation
    ByteView attestation_object;
    std::string_view client_data_json;
};
struct NewCredential {
    Bytes id;
    Bytes cose_key;
    Bytes aaguid;
    std::uint32_t sign_count = 0;
    bool backup_eligible = false;
    bool backed_up = false;
    std::string attestation; ///< "none", "self", "unverified:<format>"
};

/// WebAuthn level 2, section 7.1. Policy: any model of key is welcome, so no attestation is asked for. "none"
/// is taken when its statement is empty; packed self attestation must verify with the credential's own key; a
/// packed statement with certificates must be signed by the first of them, and any other format is kept by
/// name: both count as "unverified", since no root is trusted.
///
/// That the credential id is new is for the caller's store to say (step 22).
/// Errors: those of check_client_data, parse_authenticator_data, check_authenticator_data; InvalidInput
/// "attestation_invalid"; Refused "attestation_credential_missing", "credential_id_differs",
/// "attestation_not_none", "attestation_algorithm", "attestation_signature".
Result<NewCredential> verify_registration(RegistrationExpected const& expected,
                                          RegistrationAnswer const& answer);

} // namespace portico::central
