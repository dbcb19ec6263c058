#pragma once

#include "shared/base/encoding.h"

#include <chrono>
#include <string>

namespace portico::test {

enum class CardKeyKind { Rsa2048, P256 };

/// A key pair with a certificate over it.
struct CardIdentity {
    Bytes private_key; ///< DER
    Bytes certificate; ///< X.509, DER
};

/// A self-signed card authority.
CardIdentity make_card_authority(std::string const& common_name);
/// A holder's certificate, signed by `authority`, for digital signatures; valid from an hour ago until `days`
/// from now (negative: expired).
CardIdentity make_card_identity(CardIdentity const& authority, std::string const& common_name,
                                CardKeyKind kind, int days = 365);

/// Private key and certificate in PEM, as one text.
std::string pem(CardIdentity const& identity);

/// `signature` over SHA-256 of `message` by the key of `certificate` (RSA PKCS#1 or ECDSA in DER).
bool certificate_verifies(Bytes const& certificate, ByteView message, Bytes const& signature);

} // namespace portico::test
