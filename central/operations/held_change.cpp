#include "central/operations/held_change.h"

#include "central/operations/contact_details.h"

namespace portico::central {

namespace {

/// When the hold of a change that still stands ends.
Result<std::int64_t> in_force_us(RuleTools const& tools, storage::Database& database,
                                 PatientId const& patient, std::string const& operation) {
    auto query = TRY(database.prepare("SELECT in_force_us, withdrawn, made_us FROM contact_change"
                                      " WHERE patient_hash = $1 AND operation = $2"));
    query.bind(1, ByteView(patient_hash(tools.vault, patient))).bind(2, operation);
    // A change that never waited is no request to take back.
    if (!TRY(query.step()) || query.integer(0) == query.integer(2))
        return error(ErrorKind::NotFound, "request_unknown", "the member has no such change on hold");
    if (query.integer(1) != 0)
        return error(ErrorKind::Conflict, "request_withdrawn", "this change was stopped before");
    return query.integer(0);
}

Result<void> put_down(RuleTools const& tools, storage::Database& database, std::string const& operation,
                      HoldEnding const& ending) {
    TRY(set_request_state(database, operation, ending.state, ending.reason));
    auto const entries = TRY(tools.queue.open_of_kind(database, "contact_change_held"));
    for (auto const& entry : entries)
        if (entry.operation == operation)
            TRY(tools.queue.close(database, entry.id, {ending.by, name(ending.state), ending.reason}));
    return ok();
}

} // namespace

Result<void> confirm_held_change(RuleTools const& tools, storage::Database& database,
                                 PatientId const& patient, std::string const& operation,
                                 HoldEnding const& ending) {
    auto const now_us = to_micros(tools.clock.now());
    if (TRY(in_force_us(tools, database, patient, operation)) > now_us) {
        auto update = TRY(database.prepare(
            "UPDATE contact_change SET in_force_us = $3 WHERE patient_hash = $1 AND operation = $2"));
        TRY(update.bind(1, ByteView(patient_hash(tools.vault, patient)))
                .bind(2, operation)
                .bind(3, now_us)
                .run());
    }
    return put_down(tools, database, operation, ending);
}

Result<void> stop_held_change(RuleTools const& tools, storage::Database& database, PatientId const& patient,
                              std::string const& operation, HoldEnding const& ending) {
    if (TRY(in_force_us(tools, database, patient, operation)) <= to_micros(tools.clock.now()))
        return error(ErrorKind::Conflict, "hold_over", "the hold is over: the change is in force");
    // Before it is gone: what it named is told too.
    auto const contact = TRY(current_contact(tools, database, patient));
    auto update = TRY(database.prepare(
        "UPDATE contact_change SET withdrawn = 1 WHERE patient_hash = $1 AND operation = $2"));
    TRY(update.bind(1, ByteView(patient_hash(tools.vault, patient))).bind(2, operation).run());
    if (contact)
        TRY(tools.notify.tell(database, contact->on_file, "contact_change_stopped"));
    return put_down(tools, database, operation, ending);
}

Result<RuleOutcome> apply_withdraw_request(RuleTools const& tools, OperationInHand const& hand,
                                           api::WithdrawRequest const& withdraw) {
    auto const patient = TRY(member_with(hand, Assurance::TwoFactors));
    TRY(stop_held_change(tools, hand.database, patient, withdraw.operation_id,
                         {OperationState::Withdrawn, asker_of(hand)}));
    return RuleOutcome{OperationState::Applied, withdraw.operation_id, 0, {"contact_change"}};
}

} // namespace portico::central
