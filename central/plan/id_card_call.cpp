#include "central/plan/call_member.h"
#include "central/plan/member_calls.h"

namespace portico::central {

Result<api::IdCardReply> id_card(Call& call, api::Empty const& /*request*/) {
    auto const patient = TRY(patient_of(call));
    auto& plan = *call.services.plan;
    api::IdCardReply reply;
    reply.card = TRY(plan.id_card(patient));
    if (plan.hooks().card_last_issued_on)
        reply.last_issued_on = TRY(plan.hooks().card_last_issued_on(patient));
    call.audit_fields = {"id_card"};
    return reply;
}

} // namespace portico::central
