#include "central/operations/changed_numbers.h"
#include "central/operations/contact_details.h"
#include "central/operations/rule.h"
#include "shared/api/json.h"
#include "shared/base/clock.h"
#include "shared/domain/contact_rules.h"

namespace portico::central {

namespace {

Error changed_meanwhile() {
    return error(ErrorKind::Conflict, "changed_meanwhile",
                 "the details on file are not those the member saw");
}

/// What the member saw must still be on file for each part they change.
Result<void> check_old(ContactInForce const& now, api::ChangeContactDetails const& change) {
    if (change.address && (!change.old_address || *change.old_address != now.address))
        return changed_meanwhile();
    if (change.phone && change.old_phone != now.phone)
        return changed_meanwhile();
    if (change.email && change.old_email != now.email)
        return changed_meanwhile();
    return ok();
}

Result<void> check_new(api::ChangeContactDetails const& change) {
    if (!change.address && !change.phone && !change.email)
        return error(ErrorKind::InvalidInput, "nothing_to_change", "no new detail was given");
    if (change.address)
        TRY(check_address(*change.address));
    if (change.phone)
        TRY(check_phone(*change.phone));
    if (change.email)
        TRY(check_email(*change.email));
    return ok();
}

/// Whoever took over a session would do such a change first: it waits, so that the old addresses can object.
bool must_wait(ContactInForce const& now, api::ChangeContactDetails const& change) {
    ContactFields const before{now.address, now.phone, now.email};
    ContactFields const after{change.address.value_or(now.address), change.phone.value_or(now.phone),
                              change.email.value_or(now.email)};
    return is_risky(before, after);
}

} // namespace

Result<RuleOutcome> apply_change_contact_details(RuleTools const& tools, OperationInHand const& hand,
                                                 api::ChangeContactDetails const& change) {
    auto const patient = TRY(member_with(hand, Assurance::TwoFactors));
    TRY(check_new(change));
    auto const before = TRY(current_contact(tools, hand.database, patient));
    if (!before)
        return error(ErrorKind::NotFound, "member_unknown", "the plan no longer knows this member");
    if (before->change_waits)
        return error(ErrorKind::Conflict, "change_waits", "an earlier change is still on hold");
    TRY(check_old(*before, change));

    auto const now_us = to_micros(tools.clock.now());
    auto const hold_us = must_wait(*before, change) ? tools.settings.contact_change_hold_h * hour_us : 0;
    auto const body = crypto::seal_record(tools.vault.records, "contact_change/" + hand.operation.id,
                                          as_bytes(api::to_json(change)));
    auto insert = TRY(hand.database.prepare(
        "INSERT INTO contact_change (patient_hash, operation, body_sealed, made_us, in_force_us, withdrawn,"
        " phone_key, member_key, numbered) VALUES ($1, $2, $3, $4, $5, 0, $6, $7, 1)"));
    bind_changed_number(insert, 6, tools.vault, change, patient);
    TRY(insert.bind(1, ByteView(patient_hash(tools.vault, patient)))
            .bind(2, hand.operation.id)
            .bind(3, ByteView(body))
            .bind(4, now_us)
            .bind(5, now_us + hold_us)
            .run());
    // The old and the new addresses are told alike.
    auto const after = TRY(current_contact(tools, hand.database, patient));
    TRY(tools.notify.tell(hand.database, after->on_file,
                          hold_us > 0 ? "contact_change_held" : "contact_changed",
                          {{"hours", std::to_string(tools.settings.contact_change_hold_h)}}));
    if (hold_us > 0)
        TRY(tools.queue.add(hand.database, {"", "contact_change_held", hand.terminal.text(),
                                            hand.operation.id, "", patient.text(), 0, 0, ""}));
    RuleOutcome outcome;
    outcome.state = hold_us > 0 ? OperationState::Waiting : OperationState::Applied;
    outcome.settles_us = hold_us > 0 ? now_us + hold_us : 0;
    for (auto const& [changed, field] :
         {std::pair(change.address.has_value(), "address"), std::pair(change.phone.has_value(), "phone"),
          std::pair(change.email.has_value(), "email")}) {
        if (!changed)
            continue;
        outcome.summary += (outcome.summary.empty() ? "" : ",") + std::string(field);
        outcome.fields.emplace_back(field);
    }
    return outcome;
}

} // namespace portico::central
