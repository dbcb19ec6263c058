#pragma once

#include "shared/base/encoding.h"
#include "shared/base/result.h"

#include <cstddef>
#include <cstdint>
#include <memory>

using EVP_PKEY = struct evp_pkey_st;

namespace portico::central {

struct FreePublicKey {
    void operator()(EVP_PKEY* key) const;
};
using PublicKey = std::unique_ptr<EVP_PKEY, FreePublicKey>;

/// COSE algorithm identifiers that we take (RFC 9053, RFC 8812).
enum class CoseAlgorithm : std::int64_t { Es256 = -7, EdDsa = -8, Rs256 = -257 };

/// A credential's public key (RFC 9052 section 7; WebAuthn section 6.5.1.1).
struct CoseKey {
    CoseAlgorithm algorithm = CoseAlgorithm::Es256;
    PublicKey key;
};

/// Reads one COSE_Key from the front of `input`; `used` says how many bytes it took. The key must be one that
/// cannot be misused: a P-256 point on the curve, an Ed25519 point of full order, RSA of 2048 to 4096 bits
/// with an odd exponent of 65537 or more. Errors: InvalidInput "cbor_invalid", "cose_key_invalid",
/// "cose_algorithm_unknown".
Result<CoseKey> parse_cose_key(ByteView input, std::size_t& used);

/// Errors: Refused "signature_wrong".
Result<void> verify_signature(CoseKey const& key, ByteView signed_bytes, ByteView signature);

} // namespace portico::central
