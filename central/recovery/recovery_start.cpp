#include "central/recovery/recovery_start.h"

#include "central/auth/sign_in_flow.h"
#include "central/changes/change_feed.h"
#include "central/operations/ledger.h"
#include "central/services.h"
#include "shared/domain/contact_rules.h"

namespace portico::central {

namespace {

Result<void> tell(Call& call, storage::Database& database, PatientId const& patient,
                  std::string const& message) {
    auto const& hooks = sign_in_parts(call).hooks;
    return hooks.tell ? hooks.tell(database, patient, message) : Result<void>(ok());
}

} // namespace

Recoveries recoveries_of(Call const& call) {
    return {call.services.vault, call.services.clock, call.services.operations->tools().queue};
}

Result<ContactInForce> contact_of(Call const& call, storage::Database& database, PatientId const& patient) {
    return TRY(current_contact(call.services.operations->tools(), database, patient))
        .value_or(ContactInForce{});
}

RecoveryReach recovery_reach(Call const& call, ContactInForce const& contact) {
    auto const& settings = call.services.operations->tools().settings;
    auto const now = call.services.clock.now();
    RecoveryReach reach;
    reach.text = !text_number(contact.phone).empty() && !is_changed_lately(contact.phone_changed, now) &&
                 !settings.text.url.empty();
    reach.mail = !contact.email.empty() && !check_email(contact.email).has_error() &&
                 !is_changed_lately(contact.email_changed, now) && !settings.mail.host.empty();
    reach.letter = !contact.address.lines.empty() && !contact.change_waits && !contact.address_is_new;
    return reach;
}

Result<Account> recoverable_account(Call const& call, storage::Database& database, PatientId const& patient) {
    auto account = TRY(Accounts(call.services.vault, call.services.clock).of_patient(database, patient));
    if (!account || !account->opened)
        return error(ErrorKind::Refused, "account_missing", "this member has no account to come back to");
    if (account->disabled)
        return error(ErrorKind::Refused, "account_disabled",
                     "this account was closed by the plan: a recovery does not open it");
    return std::move(*account);
}

Result<void> start_recovery(Call& call, storage::Database& database, RecoveryRow& row,
                            PatientId const& patient, StaffId const& by) {
    auto const contact = TRY(contact_of(call, database, patient));
    auto const ways = recovery_ways(row.lost, recovery_reach(call, contact));
    if (ways.first.empty())
        return error(ErrorKind::Refused, "recovery_no_way",
                     "no code can go to what is on file: the member comes to the service center");
    TRY(recoveries_of(call).start(database, row, ways, by));
    if (ways.first == "letter" || ways.second == "letter") {
        // The code is made when the letter is: nothing that could be read lies here until then.
        QueueEntry entry;
        entry.kind = "send_letter";
        entry.operation = row.id;
        entry.reason = "recovery_code";
        entry.detail = patient.text();
        TRY(call.services.operations->tools().queue.add(database, std::move(entry)));
    }
    return tell(call, database, patient, "recovery_started");
}

Result<void> end_recovery(Call& call, storage::Database& database, RecoveryRow& row, PatientId const& patient,
                          std::string const& state) {
    bool const was_started = row.state == "started";
    TRY(recoveries_of(call).end(database, row, state));
    // Of one that only waited for a colleague nobody was told.
    if (was_started)
        TRY(tell(call, database, patient, "recovery_stopped"));
    return call.services.changes->tell(database, row.desk, {"case_changed", ""});
}

} // namespace portico::central
