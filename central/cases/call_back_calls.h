#pragma once

#include "central/calls/dial_calls.h"
#include "central/http/call.h"
#include "shared/api/dial.h"

/// Verifying a caller by calling the number on file. Errors: shared/api/dial.h.
namespace portico::central {

// At a desk.
Result<api::DialTicket> call_number_on_file(Call& call, api::CallNumberOnFile const& request);

/// What comes of its tickets.
DialPurpose call_back_purpose();

} // namespace portico::central
