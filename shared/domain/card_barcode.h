#pragma once

#include "shared/base/result.h"

#include <string>
#include <string_view>

namespace portico {

/// What the barcode on a printed ID card holds. It identifies a card; it proves nothing.
///
/// PROVISIONAL: the field order is ours. PDF417 is said to carry what magnetic stripe track 3 would
/// (WEDI Health ID Card guide, INCITS 284), whose exact layout is unverified; encoder and parser stand in one
/// file so that one edit changes both.
struct CardBarcode {
    std::string issuer;           ///< 5 to 19 digits beginning 80840, the last a Luhn check digit
    std::string member_id;        ///< 1 to 30 of [A-Z0-9-]
    std::string name;             ///< SURNAME/GIVEN as printed, 1 to 60 characters, UTF-8, may be cut
    std::string dependent_number; ///< two digits; "00" is the subscriber
    std::string birth_date;       ///< YYYYMMDD, or empty: optional on the card
    std::string card_number; ///< serial of this piece of plastic, 1 to 40 of [A-Za-z0-9-]; a reprint differs
    bool operator==(CardBarcode const&) const = default;
};

/// Longest payload the parser looks at, bytes.
inline constexpr std::size_t card_barcode_bytes_max = 512;

/// Text for the symbol. Errors: InvalidInput with the reasons of `parse_card_barcode`.
Result<std::string> encode_card_barcode(CardBarcode const& card);

/// Errors: InvalidInput, by reason:
///   barcode_empty, barcode_too_long, barcode_not_text (not UTF-8 or with control characters),
///   barcode_not_ours (another kind of barcode), barcode_version (a later layout than this program knows),
///   barcode_fields (a field too many, too few or malformed), barcode_issuer (prefix or check digit),
///   barcode_check (the payload's own check digits: misread or altered)
/// No message repeats any of the payload.
Result<CardBarcode> parse_card_barcode(std::string_view payload);

} // namespace portico
