#include "central/cases/claim_calls.h"

#include "central/cases/case_member.h"
#include "central/cases/case_of_call.h"
#include "central/cases/work_case_calls.h"
#include "central/plan/eob_review.h"
#include "central/plan/member_calls.h"
#include "central/services.h"

namespace portico::central {

namespace {

struct Told {
    PatientId patient;
    Telling telling = Telling::WithoutSensitive;
};

/// Whose claims, and how much of them this caller may hear.
Result<Told> told_of_case(Call& call, std::string const& id) {
    return call.services.store.read<Told>([&](storage::Database& database) -> Result<Told> {
        auto const about = TRY(surely_verified_member_of_case(call, database, id, AuthorityScope::Claims));
        return Told{about.file.patient, telling_of(about)};
    });
}

/// Whoever decides about one EOB reviews it, too, before anybody is verified; and no other.
Result<Told> told_of_review(Call& call, api::CaseEobReviewQuery const& query) {
    auto const of_work = TRY(call.services.store.read<std::optional<PatientId>>(
        [&](storage::Database& database) { return patient_of_matter(call, database, query); }));
    return of_work ? Result<Told>(Told{*of_work, Telling::All}) : told_of_case(call, query.case_id);
}

} // namespace

Result<api::ClaimsPage> case_claims(Call& call, api::CaseClaimsQuery const& query) {
    call.audit_fields = {"claims"};
    audit_case(call, query.case_id);
    auto const told = TRY(told_of_case(call, query.case_id));
    api::ClaimsQuery page;
    page.cursor = query.cursor;
    page.limit = query.limit;
    return claims_of(*call.services.plan, told.patient, page, told.telling);
}

Result<Rendered<api::EobDetail>> case_eob(Call& call, api::CaseEobQuery const& query) {
    call.audit_fields = {"eob"};
    audit_case(call, query.case_id);
    auto const told = TRY(told_of_case(call, query.case_id));
    return eob_of(call, told.patient, EobId(query.eob), told.telling);
}

Result<api::EobReview> case_eob_review(Call& call, api::CaseEobReviewQuery const& query) {
    call.audit_fields = {"eob", "eob_versions", "accumulators"};
    audit_case(call, query.case_id);
    auto const told = TRY(told_of_review(call, query));
    return eob_review_of(*call.services.plan, told.patient, EobId(query.eob), told.telling);
}

} // namespace portico::central
