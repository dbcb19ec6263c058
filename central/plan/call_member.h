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

/// All of a member's claims, whose finding_count counts only what the member has not answered yet.
inline Result<std::vector<EobSummary>> open_summaries(PlanData& plan, PatientId const& patient,
                                                      MemberOverview const& about) {
    auto const all_answered = TRY(plan.all_answered_findings(patient));
    std::vector<EobSummary> summaries;
    summaries.reserve(about.claims.size());
    for (auto const& claim : about.claims) {
        summaries.push_back(claim.summary);
        auto const found = all_answered.find(claim.summary.id);
        if (found == all_answered.end())
            continue;
        auto const& answered = found->second;
        summaries.back().finding_count = static_cast<int>(
            std::count_if(claim.findings.begin(), claim.findings.end(), [&](Finding const& finding) {
                return std::find(answered.begin(), answered.end(), name(finding.kind)) == answered.end();
            }));
    }
    return summaries;
}

} // namespace portico::central
