#pragma once

#include "central/auth/chip_card/chip_cards.h"
#include "central/http/call.h"

#include <optional>
#include <string>

/// A chip card that somebody shows at a kiosk, with its PIN.
namespace portico::central {

struct ShownChipCard {
    Bytes certificate;
    std::optional<ChipCardRow> row; ///< empty: genuine, but not one we have on record
};

/// Spends the challenge (of purpose "chip_card"), whatever comes of it: the certificate counts, and the card
/// holds its key. Certificate and signature are base64url. Errors: InvalidInput "field_too_long",
/// "encoding_invalid"; those of spend_challenge, check_card_certificate, verify_card_signature.
Result<ShownChipCard> check_shown_card(Call& call, std::string const& challenge_id,
                                       std::string const& certificate, std::string const& signature,
                                       std::string const& mechanism);

/// What is wrong with the card itself may be told: it says nothing about any account.
bool is_about_the_card(Error const& problem);

} // namespace portico::central
