#include "central/recovery/case_recovery.h"

#include "central/auth/attempts.h"
#include "central/cases/asked_by_case.h"
#include "central/cases/case_member.h"
#include "central/cases/case_of_call.h"
#include "central/cases/protected_record.h"
#include "central/cases/unlock_calls.h"
#include "central/changes/change_feed.h"
#include "central/operations/contact_details.h"
#include "central/operations/ledger.h"
#include "central/recovery/recovery_start.h"
#include "central/services.h"
#include "shared/base/rfc3339.h"
#include "shared/domain/masking.h"

namespace portico::central {

namespace {

Result<std::string> second_yes(Call const& call, storage::Database& database, CaseMemberRecord const& about,
                               std::string_view lost) {
    auto const facts = TRY(unlock_facts(call, database, about));
    return std::string(second_yes_for_recovery(lost, facts));
}

Result<std::vector<std::string>> can_lose(Call const& call, storage::Database& database,
                                          PatientId const& patient) {
    std::vector<std::string> words;
    auto account = recoverable_account(call, database, patient);
    if (account.has_error() && account.error().kind == ErrorKind::Refused)
        return words;
    auto const factors =
        TRY(Accounts(call.services.vault, call.services.clock).factors(database, TRY(std::move(account))));
    for (auto const lost : lost_words())
        if (can_be_lost(lost, factors))
            words.emplace_back(lost);
    return words;
}

std::string masked(ContactInForce const& contact, std::string_view way) {
    return way == "text" ? masked_phone(contact.phone) : way == "mail" ? masked_email(contact.email) : "";
}

Result<api::RecoveryState> state_of(Call const& call, storage::Database& database,
                                    CaseMemberRecord const& about) {
    auto const recoveries = recoveries_of(call);
    api::RecoveryState state;
    state.case_id = about.file.id;
    state.can_lose = TRY(can_lose(call, database, about.file.patient));
    auto row = TRY(recoveries.open_of(database, about.file.patient));
    if (!row)
        row = TRY(recoveries.last_of_case(database, about.file.id));
    if (!row || !row->is_open())
        state.second_yes = TRY(second_yes(call, database, about, ""));
    if (!row)
        return state;
    state.state = row->state;
    state.lost = row->lost;
    state.reason = row->reason;
    if (!row->is_open())
        return state;
    state.second_yes = row->second_yes;
    state.expires = to_rfc3339(from_micros(row->expires_us));
    if (row->state != "started")
        return state;
    auto const contact = TRY(contact_of(call, database, about.file.patient));
    state.first_way = row->first_way;
    state.first_to = masked(contact, row->first_way);
    state.second_way = row->second_way;
    state.second_to = masked(contact, row->second_way);
    state.tries_left = static_cast<int>(row->tries_left());
    return state;
}

/// Begins one, unless one is open.
Result<void> ask(Call& call, storage::Database& database, CaseMemberRecord const& about,
                 api::StartRecovery const& request) {
    auto const recoveries = recoveries_of(call);
    auto const& patient = about.file.patient;
    if (auto const open = TRY(recoveries.open_of(database, patient)); open) {
        call.audit_operation = open->id;
        return ok();
    }
    auto const account = TRY(recoverable_account(call, database, patient));
    auto const factors = TRY(Accounts(call.services.vault, call.services.clock).factors(database, account));
    if (!can_be_lost(request.lost, factors))
        return error(ErrorKind::Refused, "nothing_of_that_kind",
                     "this account has none of what is said to be lost");
    auto const contact = TRY(contact_of(call, database, patient));
    if (recovery_ways(request.lost, recovery_reach(call, contact)).first.empty())
        return error(ErrorKind::Refused, "recovery_no_way",
                     "no code can go to what is on file: the member comes to the service center");
    auto const why = TRY(second_yes(call, database, about, request.lost));
    auto row =
        TRY(recoveries.add(database, about.file, {call.caller.terminal, request.lost, request.reason, why}));
    call.audit_operation = row.id;
    return why.empty() ? start_recovery(call, database, row, patient, StaffId()) : Result<void>(ok());
}

} // namespace

Result<api::RecoveryState> case_recovery(Call& call, api::RecoveryQuery const& query) {
    call.audit_fields = {"recovery"};
    audit_case(call, query.case_id);
    return call.services.store.read<api::RecoveryState>(
        [&](storage::Database& database) -> Result<api::RecoveryState> {
            return state_of(call, database, TRY(verified_member_of_case(call, database, query.case_id)));
        });
}

Result<api::RecoveryState> start_case_recovery(Call& call, api::StartRecovery const& request) {
    audit_case(call, request.case_id);
    if (!is_lost_word(request.lost))
        return error(ErrorKind::InvalidInput, "lost_unknown",
                     "what is lost is password, security_key, second_factor, pin, chip_card, printed_card or "
                     "everything");
    if (!is_recovery_reason(request.reason))
        return error(ErrorKind::InvalidInput, "recovery_reason_unknown",
                     "a reason is forgotten, lost, stolen, broken or another_knows");
    call.audit_fields.insert(call.audit_fields.end(), {"lost:" + request.lost, "reason:" + request.reason});
    api::RecoveryState state;
    TRY(call.write([&](storage::Database& database) -> Result<void> {
        auto const about = TRY(verified_member_of_case(call, database, request.case_id));
        TRY(ask(call, database, about, request));
        state = TRY(state_of(call, database, about));
        call.audit_fields.push_back("recovery:" + state.state);
        return ok();
    }));
    call.services.changes->hint();
    return state;
}

Result<api::Empty> withdraw_case_recovery(Call& call, api::WithdrawRecovery const& request) {
    audit_case(call, request.case_id);
    TRY(call.write([&](storage::Database& database) -> Result<void> {
        // To stop one is never wrong: whoever has found the member may, verified or not.
        auto const about = TRY(opened_member_of_case(call, database, request.case_id));
        auto row = TRY(recoveries_of(call).open_of(database, about.file.patient));
        if (!row)
            return error(ErrorKind::Conflict, "recovery_not_open", "no recovery of this account is open");
        call.audit_operation = row->id;
        return end_recovery(call, database, *row, about.file.patient, "withdrawn");
    }));
    call.services.changes->hint();
    return api::Empty{};
}

Result<api::AskedUnlock> asked_recovery(Call& call, storage::Database& database, QueueEntry const& entry) {
    auto const row = TRY(recoveries_of(call).of_entry(database, entry));
    auto asked = TRY(asked_by_case(call, database, entry, row));
    asked.lost = row.lost;
    return asked;
}

Result<void> decide_recovery(Call& call, storage::Database& database, QueueEntry const& entry,
                             StaffDecision decision) {
    auto const recoveries = recoveries_of(call);
    auto row = TRY(recoveries.of_entry(database, entry));
    if (row.state != "waiting")
        return approval_expired();
    auto const file = TRY(case_book(call).open_case(database, row.case_id));
    audit_case(call, row.case_id);
    audit_case(call, file);
    TRY(call.services.changes->tell(database, row.desk, {"case_changed", ""}));
    auto const& colleague = call.caller.session->staff;
    if (decision != StaffDecision::Applied)
        return recoveries.end(database, row, "refused", colleague);
    TRY(recoverable_account(call, database, file.patient));
    return start_recovery(call, database, row, file.patient, colleague);
}

} // namespace portico::central
