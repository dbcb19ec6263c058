#pragma once

#include "central/http/call.h"
#include "shared/api/account.h"
#include "shared/api/sign_in.h"

/// The handlers of shared/api/account.h. The two registration calls need no session; all others need one that
/// may change credentials (`may_only_register`, TwoFactors or more) and check that themselves too:
/// StepUpNeeded "step_up_needed", Unauthenticated "session_needed".
namespace portico::central {

/// POST /v1/registration/code. A staff activation code comes with an empty birth date.
Result<api::SessionReply> register_with_code(Call& call, api::RegisterWithCode const& request);
/// POST /v1/registration/in-person
Result<api::SessionReply> register_in_person(Call& call, api::RegisterInPerson const& request);
/// POST /v1/account/password
Result<api::Empty> set_password(Call& call, api::SetPassword const& request);
/// POST /v1/account/totp
Result<api::TotpBegun> begin_totp(Call& call, api::Empty const& request);
/// POST /v1/account/totp/confirm
Result<api::Empty> confirm_totp(Call& call, api::TotpSignIn const& request);
/// POST /v1/account/pin
Result<api::Empty> set_pin(Call& call, api::SetPin const& request);
/// POST /v1/account/security-keys
Result<api::Empty> add_security_key(Call& call, api::AddSecurityKey const& request);
/// POST /v1/account/chip-cards
Result<api::Empty> add_chip_card(Call& call, api::AddChipCard const& request);
/// POST /v1/account/credentials/remove
Result<api::Empty> remove_credential(Call& call, api::RemoveCredential const& request);
/// GET /v1/account/credentials
Result<api::Credentials> list_credentials(Call& call, api::Empty const& request);

} // namespace portico::central
