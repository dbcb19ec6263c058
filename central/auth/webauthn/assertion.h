#pragma once

#include "central/auth/webauthn/authenticator_data.h"
#include "shared/base/result.h"

#include <cstdint>
#include <string_view>

namespace portico::central {

/// The credential as we keep it.
struct KnownCredential {
    Bytes id;
    Bytes cose_key;
    std::uint32_t sign_count = 0;
    bool backup_eligible = false;
    Bytes user_handle; ///< of the account that owns it
};
struct AssertionExpected {
    ByteView challenge;
    std::string_view rp_id;
    std::string_view origin;
    /// True when something else than the key named the account (a session that steps up): then the key need
    /// not give a user handle.
    bool account_known = false;
};
struct AssertionAnswer {
    ByteView credential_id;
    ByteView authenticator_data;
    std::string_view client_data_json;
    ByteView signature;
    ByteView user_handle;
};
struct AssertionFacts {
    std::uint32_t sign_count = 0;
    bool backed_up = false;
};

/// WebAuthn level 2, section 7.2 (backup flags: level 3). The caller looked the credential up by its id and
/// must store the new count only where it is still higher (two answers may race).
/// Errors, Refused unless said: "credential_differs", "user_handle_missing", "user_handle_differs", those of
/// check_client_data, parse_authenticator_data (InvalidInput), check_authenticator_data,
/// "assertion_attested", "backup_eligibility_changed", "signature_wrong", "counter_rollback".
Result<AssertionFacts> verify_assertion(AssertionExpected const& expected, AssertionAnswer const& answer,
                                        KnownCredential const& known);

/// Step 21: a counter that both sides keep at zero says nothing; any other must rise.
bool counter_rises(std::uint32_t known, std::uint32_t answered);

} // namespace portico::central
