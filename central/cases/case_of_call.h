#pragma once

#include "central/cases/call_checks.h"
#include "central/cases/caller_codes.h"
#include "central/cases/case_book.h"
#include "central/cases/unlock_requests.h"
#include "central/http/call.h"

#include <string>

/// What the handlers of cases share.
namespace portico::central {

CaseBook case_book(Call const& call);
CaseWorker case_worker(Call const& call);
CallChecks checks_of(Call const& call);
CallerCodes codes_of(Call const& call);
UnlockRequests unlocks_of(Call const& call);

/// After a proof that failed: if it was one too many, nothing that waits is answered any more, and the member
/// is told. Whether it was.
Result<bool> freeze_if_due(Call& call, storage::Database& database, PatientId const& patient);
/// Errors: Conflict "verified_already": another proof of this way would add nothing.
Result<void> check_proof_adds(CaseFile const& file, std::string_view way);

/// The audit names the case, and the member once the case has one. Text that is no id goes nowhere: somebody
/// may have typed a name into the wrong field.
void audit_case(Call& call, std::string const& id);
void audit_case(Call& call, CaseFile const& file);

} // namespace portico::central
