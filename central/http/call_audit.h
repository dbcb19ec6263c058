#pragma once

#include "central/audit/audit_log.h"
#include "central/http/call.h"

namespace portico::central {

/// The audit record of a call as it stands: who, with which factors, about whom, what.
AuditRecord audit_record(Call const& call, std::string const& decision, std::string const& reason);

} // namespace portico::central
