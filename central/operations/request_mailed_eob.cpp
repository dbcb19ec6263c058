#include "central/operations/contact_details.h"
#include "central/operations/rule.h"

namespace portico::central {

namespace {

/// A letter takes days: whoever asks again meanwhile has forgotten that they did.
constexpr std::int64_t once_within_days = 7;

Result<void> check_not_asked_lately(RuleTools const& tools, storage::Database& database,
                                    PatientId const& patient, EobId const& eob) {
    auto const since_us = to_micros(tools.clock.now()) - once_within_days * 86'400 * 1'000'000;
    auto query =
        TRY(database.prepare("SELECT 1 FROM mailed_eob WHERE patient_hash = $1 AND eob = $2 AND at_us > $3"));
    query.bind(1, ByteView(patient_hash(tools.vault, patient))).bind(2, eob.text()).bind(3, since_us);
    if (TRY(query.step()))
        return error(ErrorKind::Conflict, "copy_asked_already",
                     "a copy of this EOB was asked for within seven days");
    return ok();
}

} // namespace

Result<RuleOutcome> apply_request_mailed_eob(RuleTools const& tools, OperationInHand const& hand,
                                             api::RequestMailedEob const& request) {
    auto const patient = TRY(member_with(hand, Assurance::TwoFactors));
    EobId const eob(request.eob_id);
    auto const claim = TRY(tools.facts.claim_number(patient, eob));
    if (!claim)
        return error(ErrorKind::NotFound, "eob_not_found", "the member has no such EOB");
    auto const contact = TRY(contact_for_mail(tools, hand.database, patient));
    TRY(check_not_asked_lately(tools, hand.database, patient, eob));
    auto insert = TRY(hand.database.prepare(
        "INSERT INTO mailed_eob (patient_hash, eob, operation, at_us) VALUES ($1, $2, $3, $4)"));
    insert.bind(1, ByteView(patient_hash(tools.vault, patient))).bind(2, eob.text());
    TRY(insert.bind(3, hand.operation.id).bind(4, to_micros(tools.clock.now())).run());
    TRY(tools.queue.add(hand.database, {"", "mailed_eob", hand.terminal.text(), hand.operation.id, "",
                                        patient.text() + " " + eob.text(), 0, 0, ""}));
    // The letter is what goes to the postal address: no second one tells of it.
    TRY(tools.notify.tell(hand.database, {contact.on_file.emails, {}, contact.on_file.language},
                          "eob_copy_requested"));
    return RuleOutcome{OperationState::Applied, *claim, 0, {"eob"}};
}

} // namespace portico::central
