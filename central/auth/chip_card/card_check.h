#pragma once

#include "central/auth/chip_card/card_authority.h"
#include "shared/base/result.h"

#include <string_view>

namespace portico::central {

inline constexpr std::size_t card_certificate_bytes_max = 8192;

/// Is this a card of the plan's that counts at `now`? Chain to the plan's card authority, validity, key usage
/// (digitalSignature, clientAuth), revocation list. An expired list refuses every card: whoever can keep new
/// lists away must not keep a revoked card alive.
/// Errors: InvalidInput "card_certificate_invalid" (not one DER certificate, or bytes after it); Refused
/// "chip_card_foreign" (another issuer, wrong usage, broken signature), "chip_card_expired",
/// "chip_card_revoked"; Unavailable "revocation_list_stale".
Result<void> check_card_certificate(CardTrust const& trust, ByteView certificate_der, UtcTime now);

/// `mechanism`: "rsa_pkcs1_sha256", or "ecdsa_sha256" with the signature as PKCS#11 gives it (r and s) or in
/// DER. The key of the certificate must fit. Errors: Refused "card_signature_wrong".
Result<void> verify_card_signature(ByteView certificate_der, std::string_view mechanism, ByteView challenge,
                                   ByteView signature);

} // namespace portico::central
