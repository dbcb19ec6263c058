#pragma once

#include "central/store/vault.h"
#include "shared/base/clock.h"
#include "shared/base/ids.h"
#include "shared/base/result.h"
#include "shared/storage/database.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Which printed cards are in people's hands. Whoever issues a card (operations, import of cards already
/// mailed) tells it here in its own transaction; found by keyed hash, the number itself is not kept.
namespace portico::central {

/// From now on `card_number` names this member. The same number again for the same member is no error.
/// Errors: Conflict "card_number_taken"; InvalidInput "card_number_invalid".
Result<void> add_printed_card(storage::Database& database, Vault const& vault, Clock const& clock,
                              PatientId const& patient, std::string_view card_number);
/// The card no longer names anyone (lost, replaced, never completed). No error when there is none.
Result<void> remove_printed_card(storage::Database& database, Vault const& vault, Clock const& clock,
                                 std::string_view card_number);
Result<std::optional<PatientId>> patient_of_printed_card(storage::Database& database, Vault const& vault,
                                                         std::string_view card_number);
Result<void> printed_card_used(storage::Database& database, Vault const& vault, Clock const& clock,
                               std::string_view card_number);
struct PrintedCardRow {
    std::string id;
    std::int64_t added_us = 0;
    std::int64_t last_used_us = 0;
};
/// Those that still name the member.
Result<std::vector<PrintedCardRow>> printed_cards_of(storage::Database& database, PatientId const& patient);
/// True when there was one.
Result<bool> remove_printed_card_by_id(storage::Database& database, Clock const& clock,
                                       PatientId const& patient, std::string const& id);
/// What a card is found by; blanks, dashes and case do not count.
Bytes printed_card_hash(Vault const& vault, std::string_view card_number);

} // namespace portico::central
