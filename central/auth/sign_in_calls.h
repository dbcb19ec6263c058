#pragma once

#include "central/http/call.h"
#include "shared/api/sign_in.h"

/// The handlers of shared/api/sign_in.h. All may be called without a session; with one they step it up.
namespace portico::central {

/// POST /v1/sign-in/challenge. "register_key" needs a session that may change credentials.
Result<api::ChallengeReply> sign_in_challenge(Call& call, api::ChallengeRequest const& request);
/// POST /v1/sign-in/security-key
Result<api::SessionReply> sign_in_security_key(Call& call, api::SecurityKeySignIn const& request);
/// POST /v1/sign-in/chip-card
Result<api::SessionReply> sign_in_chip_card(Call& call, api::ChipCardSignIn const& request);
/// POST /v1/sign-in/printed-card
Result<api::SessionReply> sign_in_printed_card(Call& call, api::PrintedCardSignIn const& request);
/// POST /v1/sign-in/password
Result<api::SessionReply> sign_in_password(Call& call, api::PasswordSignIn const& request);
/// POST /v1/sign-in/totp: needs a session that came from a password.
Result<api::SessionReply> sign_in_totp(Call& call, api::TotpSignIn const& request);
/// POST /v1/sign-out: no error without a session.
Result<api::Empty> sign_out(Call& call, api::Empty const& request);

} // namespace portico::central
