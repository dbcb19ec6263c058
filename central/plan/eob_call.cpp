#include "central/plan/call_member.h"
#include "central/plan/member_calls.h"
#include "shared/domain/claim_timeline.h"
#include "shared/domain/reason_codes.h"

#include <set>

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

/// The reasons on the EOB, each once, in the order they stand, with our meaning where we have one: a code
/// without is shown as it came, never dropped.
class Reasons {
public:
    void add(std::vector<Adjudication> const& entries) {
        for (auto const& each : entries) {
            if (!says_why(each.reason) || !seen_.emplace(each.reason.system, each.reason.code).second)
                continue;
            auto const meaning = reason_meaning(each.reason);
            texts_.push_back({each.reason, std::string(meaning ? meaning->text_en : ""),
                              std::string(meaning ? meaning->text_es : "")});
        }
    }
    std::vector<api::ReasonText> take() { return std::move(texts_); }

private:
    std::set<std::pair<std::string, std::string>> seen_;
    std::vector<api::ReasonText> texts_;
};

std::vector<api::ReasonText> reasons_of(Eob const& eob) {
    Reasons reasons;
    reasons.add(eob.header_adjudications);
    for (auto const& line : eob.lines)
        reasons.add(line.adjudications);
    reasons.add(eob.totals);
    return reasons.take();
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
    detail.reasons = reasons_of(detail.eob);
    call.audit_fields = {"eob"};
    return detail;
}

} // namespace portico::central
