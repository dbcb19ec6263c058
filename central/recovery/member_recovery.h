#pragma once

#include "central/http/call.h"
#include "shared/api/recovery.h"
#include "shared/api/sign_in.h"

/// Handlers of a member who comes back to their account, at kiosks. Errors: shared/api/recovery.h.
namespace portico::central {

/// POST /v1/recovery/begin
Result<api::Empty> begin_recovery(Call& call, api::BeginRecovery const& request);
/// POST /v1/recovery/prove. Codes that were sent work once: a visit that is cut short begins by new ones.
Result<api::SessionReply> prove_recovery(Call& call, api::ProveRecovery const& request);
/// POST /v1/recovery/finish, in the session that a proof has opened
Result<api::Empty> finish_recovery(Call& call, api::Empty const& request);

// Of the member who is signed in.
/// GET /v1/recovery
Result<api::OwnRecovery> own_recovery(Call& call, api::Empty const& query);
/// POST /v1/recovery/stop
Result<api::Empty> stop_recovery(Call& call, api::Empty const& request);

} // namespace portico::central
