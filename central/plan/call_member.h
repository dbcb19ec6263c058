#pragma once

#include "central/http/call.h"
#include "central/plan/plan_data.h"
#include "central/services.h"

#include <algorithm>

namespace portico::central {

/// The patient of the call's session; the audit's subject is set to it.
inline Result<PatientId> patient_of(Call& call) {
    if (!call.caller.session)
        return error(ErrorKind::Unauthenticated, "session_needed", "sign in first");
    auto const& patient = call.caller.session->patient;
    if (patient.empty())
        return error(ErrorKind::Forbidden, "members_only", "this call is for members");
    call.audit_subject = patient.text();
    return patient;
}

/// A claim's summary whose finding_count counts only what the member has not answered yet.
inline Result<EobSummary> open_summary(PlanData& plan, PatientId const& patient, OverviewClaim const& claim) {
    auto summary = claim.summary;
    if (claim.findings.empty())
        return summary;
    auto const answered = TRY(plan.answered_findings(patient, claim.summary.id));
    summary.finding_count = static_cast<int>(
        std::count_if(claim.findings.begin(), claim.findings.end(), [&](Finding const& finding) {
            return std::find(answered.begin(), answered.end(), name(finding.kind)) == answered.end();
        }));
    return summary;
}

/// All of a member's claims so.
inline Result<std::vector<EobSummary>> open_summaries(PlanData& plan, PatientId const& patient,
                                                      MemberOverview const& about) {
    std::vector<EobSummary> summaries;
    summaries.reserve(about.claims.size());
    for (auto const& claim : about.claims)
        summaries.push_back(TRY(open_summary(plan, patient, claim)));
    return summaries;
}

} // namespace portico::central
