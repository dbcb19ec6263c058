#include "central/operations/rule.h"

namespace portico::central {

Result<PatientId> member_with(OperationInHand const& hand, Assurance least) {
    if (!hand.actor)
        return error(ErrorKind::Refused, "session_needed", "this operation needs a signed-in member");
    if (hand.actor->patient.empty() || !hand.actor->staff.empty() || hand.actor->may_only_register)
        return error(ErrorKind::Refused, "members_only", "this operation is for members");
    if (hand.actor->assurance < least)
        return error(ErrorKind::Refused, "step_up_needed",
                     std::string("this operation needs ") + name(least));
    return hand.actor->patient;
}

Bytes patient_hash(Vault const& vault, PatientId const& patient) {
    return crypto::keyed_hash(vault.index, "patient/" + patient.text());
}

} // namespace portico::central
