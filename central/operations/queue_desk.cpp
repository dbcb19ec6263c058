#include "central/operations/queue_desk.h"

#include "central/operations/held_change.h"
#include "central/operations/work_deadlines.h"
#include "shared/domain/staff_reasons.h"

#include <array>

namespace portico::central {

namespace {

OperationState state_of(StaffDecision decision) {
    switch (decision) {
    case StaffDecision::Applied:
        return OperationState::Applied;
    case StaffDecision::Refused:
        return OperationState::Refused;
    case StaffDecision::Withdrawn:
        return OperationState::Withdrawn;
    }
    return OperationState::Waiting;
}

/// The words that fit, for whoever left one out or mistyped it.
std::string words_for(std::string const& kind) {
    std::string words;
    for (auto const& reason : staff_reasons())
        if (is_staff_reason(reason.word, kind))
            words += (words.empty() ? "" : ", ") + std::string(reason.word);
    return words;
}

} // namespace

char const* name(StaffDecision decision) {
    return name(state_of(decision));
}

Result<void> QueueDesk::check(QueueEntry const& entry, Decision const& decision) const {
    if (is_second_yes(entry.kind) && !decision.at_desk)
        return error(ErrorKind::Refused, "decided_at_a_desk",
                     "an approver says yes or no to this at a desk; `portico-central account unlock` unlocks "
                     "without asking anybody");
    if (decision.decision == StaffDecision::Withdrawn && !can_be_withdrawn(entry.kind))
        return error(ErrorKind::InvalidInput, "nothing_to_withdraw",
                     "only a change on hold can be withdrawn; this entry is a " + entry.kind);
    if (decision.decision != StaffDecision::Refused)
        return ok();
    if (!can_be_refused(entry.kind))
        return error(ErrorKind::InvalidInput, "nothing_to_refuse",
                     "a " + entry.kind + " asks for nothing: close it as applied");
    if (decision.reason.empty())
        return error(ErrorKind::InvalidInput, "reason_needed",
                     "the member reads why: --reason, one of " + words_for(entry.kind));
    if (!is_staff_reason(decision.reason, entry.kind))
        return error(ErrorKind::InvalidInput, "reason_unknown",
                     "not a reason for a " + entry.kind + ": it is one of " + words_for(entry.kind));
    return ok();
}

Result<void> QueueDesk::decide_hold(storage::Database& database, QueueEntry const& entry,
                                    Decision const& decision) const {
    PatientId const patient(entry.detail);
    HoldEnding const ending{state_of(decision.decision), decision.by, decision.reason};
    return decision.decision == StaffDecision::Applied
               ? confirm_held_change(tools_, database, patient, entry.operation, ending)
               : stop_held_change(tools_, database, patient, entry.operation, ending);
}

Result<void> QueueDesk::decide_request(storage::Database& database, QueueEntry const& entry,
                                       Decision const& decision) const {
    bool const refused = decision.decision == StaffDecision::Refused;
    if (entry.kind == "card_outcome_unknown")
        TRY(card_issues_.settle(database, entry.detail, !refused));
    if (refused && (entry.kind == "mailed_card" || entry.kind == "mailed_card_needs_approval")) {
        // A card that is not sent does not count towards the limit.
        auto remove = TRY(database.prepare("DELETE FROM mailed_card WHERE operation = $1"));
        TRY(remove.bind(1, entry.operation).run());
    }
    if (refused && entry.kind == "mailed_eob") {
        auto remove = TRY(database.prepare("DELETE FROM mailed_eob WHERE operation = $1"));
        TRY(remove.bind(1, entry.operation).run());
    }
    if (can_be_refused(entry.kind))
        TRY(set_request_state(database, entry.operation, state_of(decision.decision), decision.reason));
    return tools_.queue.close(database, entry.id, {decision.by, name(decision.decision), decision.reason});
}

Result<QueueEntry> QueueDesk::decide(storage::Database& database, Decision const& decision) const {
    auto entry = TRY(tools_.queue.open_entry(database, decision.entry));
    TRY(check(entry, decision));
    TRY(entry.kind == "contact_change_held" ? decide_hold(database, entry, decision)
                                            : decide_request(database, entry, decision));
    return entry;
}

} // namespace portico::central
