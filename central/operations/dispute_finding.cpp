#include "central/operations/rule.h"

#include <algorithm>

namespace portico::central {

Result<RuleOutcome> apply_dispute_finding(RuleTools const& tools, OperationInHand const& hand,
                                          api::DisputeFinding const& dispute) {
    auto const patient = TRY(member_with(hand, Assurance::TwoFactors));
    if (dispute.answer != "check_it" && dispute.answer != "is_right")
        return error(ErrorKind::InvalidInput, "answer_unknown", "an answer is check_it or is_right");
    EobId const eob(dispute.eob_id);
    auto const findings = TRY(tools.facts.findings(patient, eob));
    if (!findings)
        return error(ErrorKind::NotFound, "eob_not_found", "the member has no such EOB");
    bool const stands = std::any_of(findings->begin(), findings->end(),
                                    [&](Finding const& finding) { return finding.kind == dispute.finding; });
    if (!stands)
        return error(ErrorKind::NotFound, "finding_unknown", "the EOB has no such finding");

    auto const hash = patient_hash(tools.vault, patient);
    std::string const finding = name(dispute.finding);
    auto query = TRY(hand.database.prepare(
        "SELECT 1 FROM finding_answer WHERE patient_hash = $1 AND eob = $2 AND finding = $3"));
    query.bind(1, ByteView(hash)).bind(2, eob.text()).bind(3, finding);
    if (TRY(query.step()))
        return error(ErrorKind::Conflict, "finding_answered", "this finding was answered before");
    query.reset();
    auto insert = TRY(hand.database.prepare(
        "INSERT INTO finding_answer (patient_hash, eob, finding, answer, operation, at_us)"
        " VALUES ($1, $2, $3, $4, $5, $6)"));
    TRY(insert.bind(1, ByteView(hash))
            .bind(2, eob.text())
            .bind(3, finding)
            .bind(4, dispute.answer)
            .bind(5, hand.operation.id)
            .bind(6, to_micros(tools.clock.now()))
            .run());
    auto const claim = TRY(tools.facts.claim_number(patient, eob)).value_or("");
    if (dispute.answer == "check_it")
        TRY(tools.queue.add(hand.database, {"", "finding_disputed", hand.terminal.text(), hand.operation.id,
                                            finding, patient.text() + " " + eob.text(), 0, 0, ""}));
    // A dispute is in hand until staff close it; "is right" needs nobody.
    bool const waits = dispute.answer == "check_it";
    return RuleOutcome{
        waits ? OperationState::Waiting : OperationState::Applied, claim, 0, {"finding." + finding}};
}

} // namespace portico::central
