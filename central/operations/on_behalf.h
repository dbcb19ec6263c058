#pragma once

#include "central/operations/rule.h"

namespace portico::central {

class ChangeFeed;

/// What a staff member had the right to ask for, when they asked, on behalf of the member whom their case is
/// about: for operations that carry `on_behalf_case`. Judged by the moment of capture, as their desk told it,
/// and by what central knew until then: a case that was closed, handed on or verified later changes nothing.
/// That a desk dates back against what it has told before, the ledger sees. `about` is whom the case is
/// about, once that is known, also of one that is refused. Errors: Refused "session_needed", "staff_only",
/// "step_up_needed", "not_on_behalf", "own_matter", "break_glass_needed", "verification_needed",
/// "verification_stronger_needed", and of who spoke for the member those of check_authority; Forbidden
/// "right_missing", "desk_only"; NotFound "case_unknown"; Conflict "case_closed_before".
struct AskedOnBehalf {
    OperationKind kind{};
    std::string program; ///< of the terminal
};
Result<OnBehalf> on_behalf_of(RuleTools const& tools, OperationInHand const& hand, AskedOnBehalf const& asked,
                              PatientId& about);

/// Kiosks where the member is signed in show at once what was asked for or written.
Result<void> tell_kiosks_of_member(storage::Database& database, RuleTools const& tools, ChangeFeed& changes,
                                   PatientId const& patient, OperationKind kind);

} // namespace portico::central
