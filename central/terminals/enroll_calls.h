#pragma once

#include "central/http/call.h"
#include "shared/api/enroll.h"

namespace portico::central {

/// POST /v1/enroll, on the enrolment listener alone.
Result<api::EnrollReply> enroll_terminal(Call& call, api::EnrollRequest const& request);
/// POST /v1/terminal/certificate.
Result<api::RenewReply> renew_terminal(Call& call, api::RenewRequest const& request);

} // namespace portico::central
