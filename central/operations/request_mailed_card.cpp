#include "central/operations/contact_details.h"
#include "central/operations/rule.h"
#include "shared/domain/card_reasons.h"

#include <algorithm>

namespace portico::central {

namespace {
constexpr std::int64_t limit_window_days = 30;
} // namespace

Result<RuleOutcome> apply_request_mailed_card(RuleTools const& tools, OperationInHand const& hand,
                                              api::RequestMailedCard const& request) {
    auto const patient = TRY(member_with(hand, Assurance::TwoFactors));
    if (std::find(card_reasons.begin(), card_reasons.end(), request.reason) == card_reasons.end())
        return error(ErrorKind::InvalidInput, "reason_unknown", "not a reason for a card by mail");
    if (!TRY(tools.facts.id_card(patient)))
        return error(ErrorKind::Refused, "no_coverage", "the member has no coverage to print a card for");
    auto const contact = TRY(contact_for_mail(tools, hand.database, patient));

    auto const hash = patient_hash(tools.vault, patient);
    auto const now_us = to_micros(tools.clock.now());
    auto count =
        TRY(hand.database.prepare("SELECT count(*) FROM mailed_card WHERE patient_hash = $1 AND at_us > $2"));
    count.bind(1, ByteView(hash)).bind(2, now_us - limit_window_days * 86'400 * 1'000'000);
    TRY(count.step());
    if (count.integer(0) >= tools.settings.mailed_cards_per_30_days)
        return error(ErrorKind::Refused, "mailed_card_limit", "too many cards by mail within 30 days");
    count.reset();
    auto insert = TRY(hand.database.prepare(
        "INSERT INTO mailed_card (patient_hash, operation, at_us) VALUES ($1, $2, $3)"));
    TRY(insert.bind(1, ByteView(hash)).bind(2, hand.operation.id).bind(3, now_us).run());
    bool const approved_first = contact.address_is_new;
    TRY(tools.queue.add(hand.database,
                        {"", approved_first ? "mailed_card_needs_approval" : "mailed_card",
                         hand.terminal.text(), hand.operation.id, request.reason, patient.text(), 0, 0, ""}));
    TRY(tools.notify.tell(hand.database, contact.on_file, "card_requested"));
    return RuleOutcome{
        approved_first ? OperationState::Waiting : OperationState::Applied, request.reason, 0, {"id_card"}};
}

} // namespace portico::central
