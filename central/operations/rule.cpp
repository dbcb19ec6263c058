#include "central/operations/rule.h"

namespace portico::central {

Result<PatientId> member_with(OperationInHand const& hand, Assurance least) {
    if (!hand.actor)
        return error(ErrorKind::Refused, "session_needed", "this operation needs a signed-in member");
    if (hand.on_behalf) {
        if (least > Assurance::Identified && !hand.on_behalf->proven)
            return error(ErrorKind::Refused, "verification_needed", "the caller was not verified then");
        return hand.on_behalf->patient;
    }
    if (hand.actor->patient.empty() || !hand.actor->staff.empty() || hand.actor->may_only_register)
        return error(ErrorKind::Refused, "members_only", "this operation is for members");
    if (hand.actor->assurance < least)
        return error(ErrorKind::Refused, "step_up_needed",
                     std::string("this operation needs ") + name(least));
    return hand.actor->patient;
}

Result<PatientId> member_of_staff(OperationInHand const& hand) {
    if (!hand.on_behalf)
        return error(ErrorKind::Refused, "staff_only", "staff ask for this, by a case");
    return hand.on_behalf->patient;
}

std::string asker_of(OperationInHand const& hand) {
    return hand.on_behalf ? "staff:" + hand.actor->staff.text() : "member";
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
