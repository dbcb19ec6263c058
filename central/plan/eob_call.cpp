#include "central/plan/call_member.h"
#include "central/plan/member_calls.h"
#include "shared/domain/claim_timeline.h"

namespace portico::central {

namespace {

std::vector<api::TimelineStep> timeline_of(Eob const& eob, MemberOverview const& about) {
    Date replaced_on;
    if (eob.replaced_by)
        if (auto const* newer = about.find(*eob.replaced_by))
            replaced_on = newer->summary.created;
    std::vector<api::TimelineStep> steps;
    for (auto const& step : timeline(eob, replaced_on))
        steps.push_back({name(step.step), step.on});
    return steps;
}

} // namespace

Result<api::EobDetail> eob(Call& call, api::Empty const& /*request*/) {
    auto const patient = TRY(patient_of(call));
    auto& plan = *call.services.plan;
    EobId const id(call.path_id);
    api::EobDetail detail;
    detail.eob = TRY(plan.eob(patient, id));
    auto const about = TRY(plan.overview(patient));
    if (auto const* claim = about->find(id)) {
        detail.findings = claim->findings;
        detail.patient_given_name = claim->summary.patient_given_name;
    }
    detail.answered_findings = TRY(plan.answered_findings(patient, id));
    detail.timeline = timeline_of(detail.eob, *about);
    call.audit_fields = {"eob"};
    return detail;
}

} // namespace portico::central
