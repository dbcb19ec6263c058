#pragma once

#include "shared/devices/chip_card_reader.h"
#include "shared/devices/real/pkcs11_module.h"

namespace portico {

/// What a look at the slots found.
struct Pkcs11Slots {
    bool reader_present = false;
    std::optional<CK_SLOT_ID> with_card;
};

/// The first slot with a token of that label (any, when empty).
Pkcs11Slots look_at_slots(Pkcs11Module const& module, std::string const& token_label);

/// A certificate that can prove who holds the card, and the id it shares with its private key.
struct Pkcs11Certificate {
    Bytes der;
    Bytes id;
};

/// The card's first certificate that is no CA's and may make digital signatures; nothing when there is none.
/// Errors: as `pkcs11_error`.
Result<std::optional<Pkcs11Certificate>> find_certificate(Pkcs11Session const& session);

struct Pkcs11Token {
    std::string label;
    ChipCardPin pin = ChipCardPin::Ready;
    CK_ULONG pin_bytes_min = 0;
    CK_ULONG pin_bytes_max = 0;
};
std::optional<Pkcs11Token> read_token(Pkcs11Module const& module, CK_SLOT_ID slot);

/// Logs in, signs, logs out. Errors as ChipCardReader::sign_challenge, but for removal: CKR codes that may
/// mean it come back as reason "card_removed".
Result<ChipCardProof> sign_with_card(Pkcs11Module const& module, CK_SLOT_ID slot, ByteView challenge,
                                     Secret const& pin, std::stop_token const& cancel);

} // namespace portico
