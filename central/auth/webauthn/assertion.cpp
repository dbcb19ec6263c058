#include "central/auth/webauthn/assertion.h"

#include "central/auth/webauthn/client_data.h"
#include "central/auth/webauthn/cose_key.h"
#include "shared/base/secret.h"
#include "shared/crypto/sealing.h"

namespace portico::central {

namespace {

/// Step 6: the owner of the credential is the one the key names.
Result<void> check_owner(AssertionExpected const& expected, AssertionAnswer const& answer,
                         KnownCredential const& known) {
    if (as_text(answer.credential_id) != as_text(known.id))
        return error(ErrorKind::Refused, "credential_differs");
    if (answer.user_handle.empty() && !expected.account_known)
        return error(ErrorKind::Refused, "user_handle_missing");
    if (!answer.user_handle.empty() && !equal_constant_time(answer.user_handle, known.user_handle))
        return error(ErrorKind::Refused, "user_handle_differs");
    return ok();
}

} // namespace

bool counter_rises(std::uint32_t known, std::uint32_t answered) {
    return (known == 0 && answered == 0) || answered > known;
}

Result<AssertionFacts> verify_assertion(AssertionExpected const& expected, AssertionAnswer const& answer,
                                        KnownCredential const& known) {
    TRY(check_owner(expected, answer, known));                                           // 5-7
    auto const client = TRY(parse_client_data(answer.client_data_json));                 // 8-10
    TRY(check_client_data(client, "webauthn.get", expected.challenge, expected.origin)); // 11-14
    auto const data = TRY(parse_authenticator_data(answer.authenticator_data));          // 15
    TRY(check_authenticator_data(data, expected.rp_id));                                 // 15-17
    if (data.credential) // 6.1: only registration carries one
        return error(ErrorKind::Refused, "assertion_attested");
    if (data.backup_eligible != known.backup_eligible)
        return error(ErrorKind::Refused, "backup_eligibility_changed");
    std::size_t used = 0;
    auto const key = TRY(parse_cose_key(known.cose_key, used));
    Bytes signed_bytes(answer.authenticator_data.begin(), answer.authenticator_data.end()); // 19-20
    auto const hash = crypto::sha256(as_bytes(answer.client_data_json));
    signed_bytes.insert(signed_bytes.end(), hash.begin(), hash.end());
    TRY(verify_signature(key, signed_bytes, answer.signature));
    if (!counter_rises(known.sign_count, data.sign_count)) // 21
        return error(ErrorKind::Refused, "counter_rollback");
    return AssertionFacts{data.sign_count, data.backed_up};
}

} // namespace portico::central
