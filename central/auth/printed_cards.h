#pragma once

#include "central/store/vault.h"
#include "shared/base/clock.h"
#include "shared/base/ids.h"
#include "shared/base/result.h"
#include "shared/storage/database.h"

#include <optional>
#include <string>
#include <string_view>

/// Which printed cards are in people's hands. Whoever issues a card (operations, import of cards already
/// mailed) tells it here in its own transaction; found by keyed hash, the number itself is not kept.
namespace portico::central {

/// From now on `card_number` names this member. The same number again for the same member is no error.
/// Errors: Conflict "card_number_taken".
Result<void> add_printed_card(storage::Database& database, Vault const& vault, Clock const& clock,
                              PatientId const& patient, std::string_view card_number);
/// The card no longer names anyone (lost, replaced, never completed). No error when there is none.
Result<void> remove_printed_card(storage::Database& database, Vault const& vault, Clock const& clock,
                                 std::string_view card_number);
Result<std::optional<PatientId>> patient_of_printed_card(storage::Database& database, Vault const& vault,
                                                         std::string_view card_number);

} // namespace portico::central
