#pragma once

#include "central/cases/call_checks.h"
#include "central/cases/caller_codes.h"
#include "central/cases/case_book.h"
#include "central/cases/unlock_requests.h"
#include "central/http/call.h"
#include "central/plan/plan_moment.h"
#include "shared/api/cases.h"

#include <string>

/// What the handlers of cases share.
namespace portico::central {

/// Now, as the plan's time zone has it.
PlanMoment plan_now(Call const& call);
CaseBook case_book(Call const& call);
CaseWorker case_worker(Call const& call);
CallChecks checks_of(Call const& call);
CallerCodes codes_of(Call const& call);
UnlockRequests unlocks_of(Call const& call);

/// After a proof that failed: if it was one too many, nothing that waits is answered any more, and whoever
/// should have shown it is told; of one who speaks for the member, the member too. Whether it was.
Result<bool> freeze_if_due(Call& call, storage::Database& database, std::string const& case_id,
                           PatientId const& prover);
/// Errors: Conflict "verified_already": another proof of this way would add nothing.
Result<void> check_proof_adds(CaseFile const& file, std::string_view way);

/// A proof of whoever speaks in a case. The first time that somebody speaks for the member by an authority,
/// every address of the member on file is told.
Result<void> take_proof(Call& call, storage::Database& database, CaseFile const& file, std::string_view way);
/// One case as its list shows it.
Result<api::CaseItem> case_item(Call const& call, storage::Database& database, CaseFile const& file);
/// What was under way with whoever was on the line: it is nothing to anybody else.
Result<void> end_under_way(Call const& call, storage::Database& database, std::string const& id);

/// The audit names the case, and the member once the case has one, with the
/// authority of who speaks for them. Text that is no id goes nowhere: somebody
/// may have typed a name into the wrong field.
void audit_case(Call& call, std::string const& id);
void audit_case(Call& call, CaseFile const& file);

} // namespace portico::central
