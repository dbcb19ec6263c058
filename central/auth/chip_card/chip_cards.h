#pragma once

#include "shared/base/clock.h"
#include "shared/base/encoding.h"
#include "shared/base/ids.h"
#include "shared/base/result.h"
#include "shared/storage/database.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// Rows of issued chip cards.
namespace portico::central {

struct ChipCardRow {
    std::string serial; ///< of its certificate, hexadecimal
    std::string id;
    PatientId patient;
    std::int64_t issued_us = 0;
    std::int64_t not_after_us = 0;
    std::int64_t activated_us = 0; ///< 0: not yet shown with its PIN
    std::int64_t removed_us = 0;
    std::int64_t revoked_us = 0;
    std::int64_t last_used_us = 0;
    bool usable() const { return activated_us != 0 && removed_us == 0 && revoked_us == 0; }
};

Result<void> add_chip_card_row(storage::Database& database, ChipCardRow const& row,
                               ByteView certificate_hash);
/// By the SHA-256 of the whole certificate: nothing in it can be changed and still be found.
Result<std::optional<ChipCardRow>> find_chip_card(storage::Database& database, ByteView certificate_hash);
Result<std::vector<ChipCardRow>> chip_cards_of(storage::Database& database, PatientId const& patient);
/// First use with its PIN, or handed over in person. Errors: Refused "chip_card_revoked".
Result<void> activate_chip_card(storage::Database& database, Clock const& clock, std::string const& serial);
Result<void> chip_card_used(storage::Database& database, Clock const& clock, std::string const& serial);
/// The member no longer signs in with it. True when there was one.
Result<bool> remove_chip_card(storage::Database& database, Clock const& clock, PatientId const& patient,
                              std::string const& id);

/// For good, those that were ever in use: one that is on its way by mail in their place stays. Refused at
/// once; the next revocation list says so too.
Result<void> revoke_used_chip_cards(storage::Database& database, Clock const& clock,
                                    PatientId const& patient);

} // namespace portico::central
