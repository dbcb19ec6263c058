#pragma once

#include "central/http/call.h"
#include "central/operations/queue_desk.h"
#include "shared/api/recovery.h"
#include "shared/api/sign_in.h"
#include "shared/api/unlock.h"

/// Handlers of recovering a member's account, at desks. Errors: shared/api/recovery.h.
namespace portico::central {

// At the desk of whoever has the case.
Result<api::RecoveryState> case_recovery(Call& call, api::RecoveryQuery const& query);
Result<api::RecoveryState> start_case_recovery(Call& call, api::StartRecovery const& request);
Result<api::Empty> withdraw_case_recovery(Call& call, api::WithdrawRecovery const& request);

// At an approver's.
/// What is asked for by an entry of kind "recovery_approval". Errors: as asked_unlock.
Result<api::AskedUnlock> asked_recovery(Call& call, storage::Database& database, QueueEntry const& entry);
/// What a decision about it brings about, in the transaction that closes the entry. Errors: Conflict
/// "approval_expired", "case_closed"; Refused "account_disabled", "account_missing", "recovery_no_way".
Result<void> decide_recovery(Call& call, storage::Database& database, QueueEntry const& entry,
                             StaffDecision decision);

} // namespace portico::central
