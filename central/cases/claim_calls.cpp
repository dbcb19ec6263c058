#include "central/cases/claim_calls.h"

#include "central/cases/case_member.h"
#include "central/cases/case_of_call.h"
#include "central/plan/member_calls.h"
#include "central/services.h"

namespace portico::central {

namespace {

Result<PatientId> patient_of_case(Call& call, std::string const& id) {
    return call.services.store.read<PatientId>([&](storage::Database& database) -> Result<PatientId> {
        return TRY(surely_verified_member_of_case(call, database, id)).file.patient;
    });
}

} // namespace

Result<api::ClaimsPage> case_claims(Call& call, api::CaseClaimsQuery const& query) {
    call.audit_fields = {"claims"};
    audit_case(call, query.case_id);
    auto const patient = TRY(patient_of_case(call, query.case_id));
    api::ClaimsQuery page;
    page.cursor = query.cursor;
    page.limit = query.limit;
    return claims_of(*call.services.plan, patient, page);
}

Result<Rendered<api::EobDetail>> case_eob(Call& call, api::CaseEobQuery const& query) {
    call.audit_fields = {"eob"};
    audit_case(call, query.case_id);
    auto const patient = TRY(patient_of_case(call, query.case_id));
    return eob_of(call, patient, EobId(query.eob));
}

} // namespace portico::central
