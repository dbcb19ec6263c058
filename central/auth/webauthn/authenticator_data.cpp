#include "central/auth/webauthn/authenticator_data.h"

#include "central/auth/webauthn/cbor_reader.h"
#include "central/auth/webauthn/cose_key.h"
#include "shared/base/secret.h"
#include "shared/crypto/sealing.h"

namespace portico::central {

namespace {

constexpr std::size_t rp_id_hash_bytes = 32;
constexpr std::size_t head_bytes = rp_id_hash_bytes + 1 + 4;
constexpr std::size_t aaguid_bytes = 16;

constexpr unsigned flag_user_present = 0x01;
constexpr unsigned flag_user_verified = 0x04;
constexpr unsigned flag_backup_eligible = 0x08;
constexpr unsigned flag_backed_up = 0x10;
constexpr unsigned flag_attested_credential = 0x40;
constexpr unsigned flag_extensions = 0x80;
constexpr unsigned flags_reserved = 0x22;

Error invalid_data() {
    return error(ErrorKind::InvalidInput, "authenticator_data_invalid", "not WebAuthn authenticator data");
}

Bytes copy(ByteView bytes) {
    return {bytes.begin(), bytes.end()};
}

Result<AttestedCredential> take_credential(ByteView& rest) {
    if (rest.size() < aaguid_bytes + 2)
        return invalid_data();
    AttestedCredential credential;
    credential.aaguid = copy(rest.first(aaguid_bytes));
    auto const id_bytes =
        static_cast<std::size_t>(unsigned{rest[aaguid_bytes]} << 8U | unsigned{rest[aaguid_bytes + 1]});
    rest = rest.subspan(aaguid_bytes + 2);
    if (id_bytes == 0 || id_bytes > credential_id_bytes_max || rest.size() < id_bytes)
        return invalid_data();
    credential.id = copy(rest.first(id_bytes));
    rest = rest.subspan(id_bytes);
    std::size_t used = 0;
    TRY(parse_cose_key(rest, used));
    credential.cose_key = copy(rest.first(used));
    rest = rest.subspan(used);
    return credential;
}

} // namespace

Result<AuthenticatorData> parse_authenticator_data(ByteView bytes) {
    if (bytes.size() < head_bytes || bytes.size() > authenticator_data_bytes_max)
        return invalid_data();
    AuthenticatorData data;
    data.rp_id_hash = copy(bytes.first(rp_id_hash_bytes));
    unsigned const flags = bytes[rp_id_hash_bytes];
    if ((flags & flags_reserved) != 0)
        return invalid_data();
    data.user_present = (flags & flag_user_present) != 0;
    data.user_verified = (flags & flag_user_verified) != 0;
    data.backup_eligible = (flags & flag_backup_eligible) != 0;
    data.backed_up = (flags & flag_backed_up) != 0;
    for (std::size_t i = rp_id_hash_bytes + 1; i < head_bytes; ++i)
        data.sign_count = data.sign_count << 8U | bytes[i];
    auto rest = bytes.subspan(head_bytes);
    if ((flags & flag_attested_credential) != 0)
        data.credential = TRY(take_credential(rest));
    if ((flags & flag_extensions) != 0) {
        CborReader reader(rest);
        TRY(reader.map([&](CborItem const&) { return reader.skip(); }));
        rest = rest.subspan(reader.position());
    }
    if (!rest.empty())
        return error(ErrorKind::InvalidInput, "authenticator_data_trailing",
                     "bytes follow the authenticator data");
    return data;
}

Result<void> check_authenticator_data(AuthenticatorData const& data, std::string_view rp_id) {
    if (!equal_constant_time(data.rp_id_hash, crypto::sha256(as_bytes(rp_id))))
        return error(ErrorKind::Refused, "rp_id_hash");
    if (!data.user_present)
        return error(ErrorKind::Refused, "user_not_present");
    if (!data.user_verified)
        return error(ErrorKind::Refused, "user_not_verified");
    if (data.backed_up && !data.backup_eligible)
        return error(ErrorKind::Refused, "backup_flags");
    return ok();
}

} // namespace portico::central
