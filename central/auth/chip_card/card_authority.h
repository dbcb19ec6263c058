#pragma once

#include "shared/base/clock.h"
#include "shared/base/encoding.h"
#include "shared/base/result.h"
#include "shared/crypto/x509.h"
#include "shared/storage/database.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace portico::central {

inline constexpr int card_authority_valid_days = 7300;
inline constexpr int chip_card_valid_days = 3 * 365;
/// A revocation list counts for so long; then no chip card signs in until a new one is there.
inline constexpr std::int64_t revocation_list_days = 7;
/// `maintain` signs a new one when the old one has less than this to live.
inline constexpr std::int64_t revocation_list_renew_days = 5;

/// What every node checks chip cards against; in the store.
struct CardTrust {
    Bytes authority;       ///< certificate, DER
    Bytes revocation_list; ///< CRL, DER
    std::int64_t list_number = 0;
    std::int64_t next_update_us = 0;
};
/// Empty: this plan has issued no chip card yet.
Result<std::optional<CardTrust>> read_card_trust(storage::Database& database);

struct IssuedCertificate {
    Bytes der;
    std::string pem;
    std::string serial; ///< hexadecimal
    UtcTime not_after;
};

/// The plan's authority for chip cards, apart from the one for terminals. Its key is in DATA/keys on the node
/// that issues cards; certificate and revocation list are in the store.
class CardAuthority {
public:
    /// Makes key, certificate and an empty revocation list. Errors: Conflict "card_authority_exists",
    /// Unavailable "keys_unwritable".
    static Result<CardAuthority> create(storage::Database& database, std::filesystem::path const& data,
                                        std::string const& plan_name, UtcTime now);
    /// Errors: NotFound "card_authority_missing" (no key on this node), Corrupt "keys_damaged".
    static Result<CardAuthority> open(storage::Database& database, std::filesystem::path const& data);

    /// A certificate named `card_id` for the public key of a PKCS#10 request (PEM or DER); nothing else is
    /// taken from it. Errors: InvalidInput "certificate_request_invalid" (not PKCS#10, not signed with its
    /// own key, not RSA of 2048 bits or more nor EC P-256 or P-384).
    Result<IssuedCertificate> issue(std::string_view request, std::string const& card_id, UtcTime now) const;

    /// Signs a list of all cards revoked by now and puts it into the store.
    Result<void> renew_revocation_list(storage::Database& database, UtcTime now) const;

private:
    CardAuthority(crypto::PrivateKey key, Bytes certificate)
        : key_(std::move(key)), certificate_(std::move(certificate)) {}
    crypto::PrivateKey key_;
    Bytes certificate_;
};

} // namespace portico::central
