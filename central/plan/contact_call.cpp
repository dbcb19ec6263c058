#include "central/plan/call_member.h"
#include "central/plan/member_calls.h"

namespace portico::central {

Result<api::ContactDetails> contact_details(Call& call, api::Empty const& /*request*/) {
    auto const patient = TRY(patient_of(call));
    auto& plan = *call.services.plan;
    auto const member = TRY(plan.member(patient));
    if (!member)
        return error(ErrorKind::NotFound, "member_not_found", "the plan's data does not know this member");
    api::ContactDetails details;
    details.address = member->address;
    details.phone = member->phone;
    details.email = member->email;
    if (plan.hooks().contact_details)
        TRY(plan.hooks().contact_details(patient, details));
    call.audit_fields = {"address", "phone", "email"};
    return details;
}

} // namespace portico::central
