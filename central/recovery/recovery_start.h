#pragma once

#include "central/auth/accounts.h"
#include "central/http/call.h"
#include "central/operations/contact_details.h"
#include "central/recovery/recoveries.h"

/// What the handlers of recoveries share.
namespace portico::central {

Recoveries recoveries_of(Call const& call);

/// Where codes of this member could go now.
RecoveryReach recovery_reach(Call const& call, ContactInForce const& contact);
/// Contact details in force, or none.
Result<ContactInForce> contact_of(Call const& call, storage::Database& database, PatientId const& patient);

/// The account of a member that can be recovered. Errors: Refused "account_missing", "account_disabled".
Result<Account> recoverable_account(Call const& call, storage::Database& database, PatientId const& patient);

/// Starts what waits, inside the caller's write transaction: every address on file is told, and a letter is
/// ordered where a code goes by one. Errors: Refused "recovery_no_way".
Result<void> start_recovery(Call& call, storage::Database& database, RecoveryRow& row,
                            PatientId const& patient, StaffId const& by);
/// Ends what is open before its time: a session that it has opened may set nothing any more. Every address is
/// told if it had started, and the desk that began it.
Result<void> end_recovery(Call& call, storage::Database& database, RecoveryRow& row, PatientId const& patient,
                          std::string const& state);

} // namespace portico::central
