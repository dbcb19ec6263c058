#pragma once

#include "central/store/store.h"
#include "central/store/vault.h"
#include "shared/api/operations.h"
#include "shared/base/ids.h"
#include "shared/storage/database.h"

/// Whose a phone number is that a member has changed theirs to.
namespace portico::central {

/// Binds contact_change's `phone_key` and `member_key` as parameters `from` and the next.
void bind_changed_number(storage::Statement& statement, int from, Vault const& vault,
                         api::ChangeContactDetails const& change, PatientId const& patient);

/// Makes both for up to `changes_max` changes that a program wrote which did not know of them; one of a
/// member without an account gets none. How many there were: 0 when all is done. Several nodes may do so at
/// once.
Result<int> fill_changed_numbers(Store& store, Vault const& vault, int changes_max = 500);

} // namespace portico::central
