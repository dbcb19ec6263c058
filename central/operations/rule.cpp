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

Result<void> set_request_state(storage::Database& database, std::string const& operation,
                               OperationState state, std::string_view reason) {
    auto update =
        TRY(database.prepare("UPDATE operation SET state = $2, reason = $3, settles_us = 0 WHERE id = $1"));
    return update.bind(1, operation).bind(2, std::string_view(name(state))).bind(3, reason).run();
}

Bytes patient_hash(Vault const& vault, PatientId const& patient) {
    return crypto::keyed_hash(vault.index, "patient/" + patient.text());
}

} // namespace portico::central
