#pragma once

#include "central/auth/accounts.h"
#include "central/cases/case_member.h"
#include "central/http/call.h"
#include "central/operations/queue_desk.h"
#include "shared/api/unlock.h"
#include "shared/domain/unlock_rules.h"

/// Handlers of unlocking a member's account. Errors: shared/api/unlock.h.
namespace portico::central {

// At the desk of whoever has the case.
Result<api::CaseLock> case_lock(Call& call, api::CaseLockQuery const& query);
Result<api::UnlockReply> unlock_of_case(Call& call, api::UnlockAccount const& request);

// At an approver's.
Result<api::AskedUnlock> asked_unlock(Call& call, api::AskedUnlockQuery const& query);
/// What a decision about an entry of kind "unlock_approval" brings about, in the transaction that closes the
/// entry. Errors: Conflict "approval_expired", "case_closed"; Refused "account_disabled", "account_missing".
Result<void> decide_unlock(Call& call, storage::Database& database, QueueEntry const& entry,
                           StaffDecision decision);

// What central/recovery decides by as well.
/// What decides whether one person may do something to the account of a verified caller.
Result<UnlockFacts> unlock_facts(Call const& call, storage::Database& database,
                                 CaseMemberRecord const& about);
/// The wrong tries that count now; none without an account.
Result<std::vector<api::WrongSignIn>> wrong_sign_ins(Call const& call, storage::Database& database,
                                                     std::optional<Account> const& account);

} // namespace portico::central
