#pragma once

#include "shared/devices/virtual/p256_key.h"

#include <filesystem>
#include <string>

namespace portico {

inline constexpr int authenticator_pin_tries_max = 8;

/// A credential that the software authenticator holds.
struct KeyCredential {
    Bytes id;
    std::string rp_id;
    Bytes user_id;
    std::string user_name;
    std::string user_display_name;
    bool resident = false;
    P256Key key;
};

/// What a key keeps when it is pulled out.
struct AuthenticatorState {
    Bytes pin_hash; ///< first 16 bytes of SHA-256 of the PIN; empty: no PIN set
    int pin_tries = authenticator_pin_tries_max;
    std::uint32_t signature_count = 0;
    std::vector<KeyCredential> credentials; ///< oldest first

    /// Private keys lie open in the file: for a bench, never for a person's own credentials.
    /// Errors: Full or Internal "key_state_unwritable".
    Result<void> save(std::filesystem::path const& file) const;
    /// A file that is not there is a new key. Errors: Corrupt "key_state_invalid".
    static Result<AuthenticatorState> load(std::filesystem::path const& file);
};

} // namespace portico
