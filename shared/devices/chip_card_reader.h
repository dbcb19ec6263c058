#pragma once

#include "shared/base/encoding.h"
#include "shared/base/result.h"
#include "shared/base/secret.h"

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <variant>

namespace portico {

/// No card in the reader (or no reader: the two look alike to a person, `reader_present` tells them apart).
struct ChipCardAbsent {
    bool reader_present = true;
    bool operator==(ChipCardAbsent const&) const = default;
};

/// How many wrong PINs the card still takes, as far as PKCS#11 tells (CK_TOKEN_INFO.flags).
enum class ChipCardPin : std::uint8_t {
    Ready,   ///< no warning
    Low,     ///< a wrong PIN was entered since the last right one
    LastTry, ///< the next wrong PIN blocks the card
    Blocked, ///< only the issuer can help
};

/// A card is in the reader and its certificate was read. Whether it is one of ours, in date and not revoked
/// is for central to say.
struct ChipCardReady {
    std::string label; ///< of the token; not personal on our cards, but never logged
    Bytes certificate; ///< X.509, DER; the one whose private key signs
    ChipCardPin pin = ChipCardPin::Ready;
    std::uint64_t insertion = 0; ///< counts insertions, from 1
    bool operator==(ChipCardReady const&) const = default;
};

/// A card is in the reader that cannot be used; reason card_unreadable or card_no_certificate.
struct ChipCardFault {
    Error error;
    bool operator==(ChipCardFault const&) const = default;
};

using ChipCardState = std::variant<ChipCardAbsent, ChipCardReady, ChipCardFault>;

/// Signature schemes our cards use; the names stand in the API.
enum class ChipCardScheme : std::uint8_t {
    RsaPkcs1Sha256, ///< "rs256"
    EcdsaSha256,    ///< "es256"; the signature is DER
};

char const* name(ChipCardScheme scheme);

/// Proof that the card is here and its PIN was right; central checks it.
struct ChipCardProof {
    Bytes certificate; ///< X.509, DER
    Bytes signature;
    ChipCardScheme scheme = ChipCardScheme::RsaPkcs1Sha256;
};

/// A chip card reader behind a PKCS#11 module. `sign_challenge` blocks (a card takes about 0.2 s, a stuck one
/// seconds): call it from a worker thread.
///
/// Errors, by `reason`:
/// - card_absent (Unavailable): no card in the reader.
/// - card_removed (Unavailable): pulled out during the call.
/// - card_pin_wrong (Refused): `tries_left` 1 when the next wrong one blocks, else -1 unless the card tells.
/// - card_pin_blocked (Locked): only the issuer can help.
/// - card_pin_length (InvalidInput): the card takes no PIN of that length; no try was used.
/// - card_unreadable (Unavailable): broken, dirty, upside down, or not a card we know how to read.
/// - card_no_certificate (NotFound): a card without a certificate and its key.
/// - cancelled (Cancelled).
class ChipCardReader {
public:
    ChipCardReader() = default;
    ChipCardReader(ChipCardReader const&) = delete;
    ChipCardReader& operator=(ChipCardReader const&) = delete;
    virtual ~ChipCardReader() = default;

    /// Never blocks for long; any thread.
    virtual ChipCardState state() const = 0;
    /// As SecurityKey::watch: now, then on every change, from the device's thread; empty ends it.
    virtual void watch(std::function<void(ChipCardState const&)> changed) = 0;

    /// Logs in with the PIN, signs SHA-256 of `challenge`, logs out. The login never outlives the call.
    virtual Result<ChipCardProof> sign_challenge(ByteView challenge, Secret const& pin,
                                                 std::stop_token cancel) = 0;
};

} // namespace portico
