#include "central/plan/call_member.h"
#include "central/plan/member_calls.h"
#include "shared/api/domain_described.h"
#include "shared/api/json.h"
#include "shared/domain/claim_timeline.h"
#include "shared/domain/reason_codes.h"

#include <algorithm>
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

/// All but what the member has answered, which changes without the plan's data.
Result<api::EobDetail> detail_of(PlanData& plan, PatientId const& patient, EobId const& id, Telling telling) {
    api::EobDetail detail;
    detail.eob = TRY(plan.eob(patient, id, telling));
    auto const about = TRY(plan.overview(patient, telling));
    if (auto const* claim = about->find(id)) {
        detail.findings = claim->findings;
        detail.patient_given_name = claim->summary.patient_given_name;
    }
    detail.timeline = timeline_of(detail.eob, *about);
    detail.reasons = reasons_of(detail.eob);
    return detail;
}

bool has_finding(std::vector<Finding> const& findings, std::string_view kind) {
    return std::any_of(findings.begin(), findings.end(),
                       [&](Finding const& each) { return name(each.kind) == kind; });
}

/// Puts the answered findings into a detail that was rendered without. Its quotes stand unescaped, so no text
/// of the EOB can look like the place.
Result<std::string> with_answered(std::string json, std::vector<std::string> const& answered) {
    if (answered.empty())
        return json;
    constexpr std::string_view none = R"("answered_findings":[])";
    auto const at = json.find(none);
    if (at == std::string::npos)
        return error(ErrorKind::Internal, "rendered_eob",
                     "a rendered EOB has no place for what was answered");
    auto const inside = at + none.size() - 1;
    auto const list = api::to_json(answered);
    json.insert(inside, list, 1, list.size() - 2);
    return json;
}

} // namespace

Result<Rendered<api::EobDetail>> eob(Call& call, api::Empty const& /*request*/) {
    auto const patient = TRY(patient_of(call));
    call.audit_fields = {"eob"};
    return eob_of(call, patient, EobId(call.path_id), Telling::All);
}

Result<Rendered<api::EobDetail>> eob_of(Call& call, PatientId const& patient, EobId const& id,
                                        Telling telling) {
    auto& plan = *call.services.plan;
    // What is kept is the member's own: what others are told is worked out anew.
    if (telling != Telling::All) {
        auto told = TRY(detail_of(plan, patient, id, telling));
        // A finding may stand by what is not told, and so may the member's answer to it.
        for (auto& kind : TRY(plan.answered_findings(patient, id)))
            if (has_finding(told.findings, kind))
                told.answered_findings.push_back(std::move(kind));
        return Rendered<api::EobDetail>{api::to_json(told)};
    }
    auto kept = TRY(plan.rendered_eob(patient, id));
    auto json = std::move(kept.json);
    if (!json) {
        json = api::to_json(TRY(detail_of(plan, patient, id, telling)));
        call.keep_with_record = [&plan, kept = std::move(kept), json = *json](storage::Database& database) {
            return plan.keep_rendered_eob(database, kept, json);
        };
    }
    auto const answered = TRY(plan.answered_findings(patient, id));
    return Rendered<api::EobDetail>{TRY(with_answered(std::move(*json), answered))};
}

} // namespace portico::central
