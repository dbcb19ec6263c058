#pragma once

#include "shared/base/encoding.h"
#include "shared/base/result.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace portico::central {

inline constexpr std::size_t credential_id_bytes_max = 1023;
inline constexpr std::size_t authenticator_data_bytes_max = 8192;

/// A new credential inside authenticator data (WebAuthn level 2, section 6.5.1).
struct AttestedCredential {
    Bytes aaguid; ///< 16 bytes: the key's model
    Bytes id;
    Bytes cose_key;
};

/// What the key itself says (WebAuthn level 2, section 6.1; backup flags from level 3).
struct AuthenticatorData {
    Bytes rp_id_hash; ///< SHA-256
    bool user_present = false;
    bool user_verified = false;
    bool backup_eligible = false;
    bool backed_up = false;
    std::uint32_t sign_count = 0;
    std::optional<AttestedCredential> credential;
};

/// Reads all of it: a length that does not match the flags, bytes left over and reserved flags are errors.
/// Errors: InvalidInput "authenticator_data_invalid", "authenticator_data_trailing", "cbor_invalid",
/// "cose_key_invalid", "cose_algorithm_unknown".
Result<AuthenticatorData> parse_authenticator_data(ByteView bytes);

/// The steps that registration and assertion share (sections 7.1 steps 13-16, 7.2 steps 15-18), all Refused:
/// "rp_id_hash", "user_not_present", "user_not_verified", "backup_flags".
Result<void> check_authenticator_data(AuthenticatorData const& data, std::string_view rp_id);

} // namespace portico::central
