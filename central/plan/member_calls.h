#pragma once

#include "central/http/call.h"
#include "central/http/rendered.h"
#include "shared/api/member.h"
#include "shared/api/sign_in.h"
#include "shared/base/result.h"

/// What a signed-in member reads from the plan's data. Each is about the session's own patient and nobody
/// else; each sets the audit's subject and fields. Errors of all: Unauthenticated "session_needed"; Forbidden
/// "members_only" for a session of staff; NotFound "member_not_found" when the plan's data knows nothing of
/// the patient; those of the store.
namespace portico::central {

/// GET /v1/home
Result<api::Home> home(Call& call, api::Empty const& request);
/// GET /v1/claims. Errors: InvalidInput "limit_invalid", "status_invalid", "cursor_invalid".
Result<api::ClaimsPage> claims(Call& call, api::ClaimsQuery const& request);
/// GET /v1/eobs/{id}. Errors: NotFound "eob_not_found".
Result<Rendered<api::EobDetail>> eob(Call& call, api::Empty const& request);
/// GET /v1/contact-details
Result<api::ContactDetails> contact_details(Call& call, api::Empty const& request);
/// GET /v1/id-card. Errors: Refused "no_coverage_today".
Result<api::IdCardReply> id_card(Call& call, api::Empty const& request);

// The same of any member, for whoever has shown already that they may read it; the audit is the caller's.
class PlanData;
enum class Telling : std::uint8_t; // central/plan/member_overview.h
/// Errors: as claims.
Result<api::ClaimsPage> claims_of(PlanData& plan, PatientId const& patient, api::ClaimsQuery const& request,
                                  Telling telling);
/// Errors: as eob.
Result<Rendered<api::EobDetail>> eob_of(Call& call, PatientId const& patient, EobId const& id,
                                        Telling telling);

} // namespace portico::central
