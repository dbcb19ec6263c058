#include "central/cases/unlock_calls.h"

#include "central/auth/account_unlock.h"
#include "central/auth/attempts.h"
#include "central/auth/sign_in_flow.h"
#include "central/cases/account_state.h"
#include "central/cases/asked_by_case.h"
#include "central/cases/case_member.h"
#include "central/cases/case_of_call.h"
#include "central/cases/protected_record.h"
#include "central/cases/unlock_requests.h"
#include "central/changes/change_feed.h"
#include "central/operations/contact_details.h"
#include "central/operations/ledger.h"
#include "central/operations/work_deadlines.h"
#include "central/operations/work_desk.h"
#include "central/recovery/case_recovery.h"
#include "central/services.h"
#include "central/terminals/terminals.h"
#include "shared/base/rfc3339.h"
#include "shared/domain/unlock_rules.h"

namespace portico::central {

namespace {

Result<AccountState> state_of(Call const& call, storage::Database& database, PatientId const& patient) {
    return account_state(database, call.services.vault, call.services.clock, patient);
}

Result<std::string> second_yes(Call const& call, storage::Database& database, CaseMemberRecord const& about) {
    auto const facts = TRY(unlock_facts(call, database, about));
    return std::string(second_yes_for(facts));
}

/// Errors: Refused "account_missing", "account_disabled"; Conflict "not_locked".
Result<Account> held_account(AccountState const& found) {
    if (found.state == "disabled")
        return error(ErrorKind::Refused, "account_disabled",
                     "this account was closed by the plan: an unlock does not open it");
    if (!found.account || found.state == "not_opened")
        return error(ErrorKind::Refused, "account_missing", "this member has no account to unlock");
    if (!found.is_held())
        return error(ErrorKind::Conflict, "not_locked", "this account is not locked");
    return *found.account;
}

api::UnlockReply reply_of(UnlockRow const& row) {
    return {row.case_id, row.state,
            row.state == "waiting" ? to_rfc3339(from_micros(row.expires_us)) : std::string()};
}

Result<UnlockRow> ask(Call& call, storage::Database& database, CaseMemberRecord const& about,
                      std::string const& reason) {
    auto const unlocks = unlocks_of(call);
    if (auto last = TRY(unlocks.last_of(database, about.file.id)); last && last->state == "waiting") {
        // A stronger proof has come since: it is asked anew, and perhaps of nobody.
        if (last->second_yes != second_yes_of_mail || about.file.is_verified_weakly())
            return std::move(*last);
        TRY(unlocks.withdraw_of_case(database, about.file.id));
    }
    auto const account = TRY(held_account(TRY(state_of(call, database, about.file.patient))));
    auto const why = TRY(second_yes(call, database, about));
    auto row = TRY(unlocks.add(database, about.file, {call.caller.terminal, reason, why}));
    if (why.empty())
        TRY(unlock_account(database, sign_in_parts(call), account));
    return row;
}

} // namespace

Result<UnlockFacts> unlock_facts(Call const& call, storage::Database& database,
                                 CaseMemberRecord const& about) {
    auto const found = TRY(state_of(call, database, about.file.patient));
    UnlockFacts facts;
    facts.now = call.services.clock.now();
    if (found.account)
        facts.restored = TRY(last_restored(database, found.account->id.text()));
    facts.contact_changed =
        TRY(contact_changed_at(call.services.operations->tools(), database, about.file.patient));
    facts.protected_record = TRY(is_protected(database, about.record));
    facts.verified_by_mail = about.file.is_verified_weakly();
    facts.by_representative = !about.is_member_speaking();
    return facts;
}

Result<std::vector<api::WrongSignIn>> wrong_sign_ins(Call const& call, storage::Database& database,
                                                     std::optional<Account> const& account) {
    std::vector<api::WrongSignIn> tries;
    if (!account)
        return tries;
    for (auto const& guess : TRY(wrong_guesses(database, account->id.text()))) {
        auto name = TRY(call.services.terminals->name_of(database, guess.terminal));
        tries.push_back({to_rfc3339(guess.at), guess.way, std::move(name)});
    }
    return tries;
}

Result<api::CaseLock> case_lock(Call& call, api::CaseLockQuery const& query) {
    call.audit_fields = {"wrong_sign_ins"};
    audit_case(call, query.case_id);
    return call.services.store.read<api::CaseLock>([&](storage::Database& database) -> Result<api::CaseLock> {
        auto const about =
            TRY(verified_member_of_case(call, database, query.case_id, AuthorityScope::Account));
        auto found = TRY(state_of(call, database, about.file.patient));
        api::CaseLock lock;
        lock.case_id = query.case_id;
        lock.wrong_sign_ins = TRY(wrong_sign_ins(call, database, found.account));
        if (found.account)
            lock.second_yes = TRY(second_yes(call, database, about));
        lock.account = std::move(found.state);
        return lock;
    });
}

Result<api::UnlockReply> unlock_of_case(Call& call, api::UnlockAccount const& request) {
    audit_case(call, request.case_id);
    if (!is_unlock_reason(request.reason))
        return error(ErrorKind::InvalidInput, "unlock_reason_unknown",
                     "a reason is mistyped, forgotten, another_tried or terminal_fault");
    call.audit_fields.push_back("reason:" + request.reason);
    api::UnlockReply reply;
    TRY(call.write([&](storage::Database& database) -> Result<void> {
        auto const about =
            TRY(verified_member_of_case(call, database, request.case_id, AuthorityScope::Account));
        auto const row = TRY(ask(call, database, about, request.reason));
        call.audit_operation = row.id;
        call.audit_fields.push_back("unlock:" + row.state);
        reply = reply_of(row);
        return ok();
    }));
    call.services.changes->hint();
    return reply;
}

Result<api::AskedUnlock> asked_unlock(Call& call, api::AskedUnlockQuery const& query) {
    call.audit_fields = {"wrong_sign_ins"};
    auto const& services = call.services;
    return services.store.read<api::AskedUnlock>(
        [&](storage::Database& database) -> Result<api::AskedUnlock> {
            auto const entry = TRY(services.operations->tools().queue.open_entry(database, query.entry));
            if (entry.kind == recovery_approval_kind)
                return asked_recovery(call, database, entry);
            auto const row = TRY(unlocks_of(call).of_entry(database, entry));
            return asked_by_case(call, database, entry, row);
        });
}

Result<void> decide_unlock(Call& call, storage::Database& database, QueueEntry const& entry,
                           StaffDecision decision) {
    auto const unlocks = unlocks_of(call);
    auto const row = TRY(unlocks.of_entry(database, entry));
    if (row.state != "waiting")
        return approval_expired();
    auto const file = TRY(case_book(call).open_case(database, row.case_id));
    audit_case(call, row.case_id);
    audit_case(call, file);
    bool const yes = decision == StaffDecision::Applied;
    // It was asked for by who spoke then: whoever speaks now is the same, or it would be withdrawn.
    if (yes && !file.authority.empty())
        TRY(check_authority(TRY(speaker_of_case(call, database, file)), AuthorityScope::Account,
                            plan_now(call).day));
    TRY(unlocks.end(database, row, {yes ? "unlocked" : "refused", call.caller.session->staff}));
    TRY(call.services.changes->tell(database, row.desk, {"case_changed", ""}));
    if (!yes)
        return ok();
    auto const found = TRY(state_of(call, database, file.patient));
    auto const account = held_account(found);
    // It has opened by itself meanwhile: what was asked for is so.
    if (account.has_error() && account.error().reason == "not_locked")
        return ok();
    TRY(account);
    TRY(unlock_account(database, sign_in_parts(call), account.value()));
    return ok();
}

} // namespace portico::central
