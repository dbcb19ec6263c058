#pragma once

#include "central/cases/call_checks.h"
#include "central/cases/case_book.h"
#include "central/cases/unlock_requests.h"
#include "central/http/call.h"

#include <string>

/// What the handlers of cases share.
namespace portico::central {

CaseBook case_book(Call const& call);
CaseWorker case_worker(Call const& call);
CallChecks checks_of(Call const& call);
UnlockRequests unlocks_of(Call const& call);

/// The audit names the case, and the member once the case has one. Text that is no id goes nowhere: somebody
/// may have typed a name into the wrong field.
void audit_case(Call& call, std::string const& id);
void audit_case(Call& call, CaseFile const& file);

} // namespace portico::central
