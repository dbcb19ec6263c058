#include "central/recovery/recovery_session.h"

#include "central/auth/account_unlock.h"
#include "central/auth/attempts.h"
#include "central/auth/chip_card/chip_cards.h"
#include "central/auth/printed_cards.h"
#include "central/auth/security_keys.h"
#include "central/auth/sign_in_flow.h"
#include "central/changes/change_feed.h"
#include "central/recovery/recovery_start.h"

#include <array>
#include <utility>

namespace portico::central {

namespace {

constexpr std::string_view prefix = "recovery:";

/// What is set by a change that tells this; a change that tells nothing begins a code app.
std::string_view factor_set(std::string_view message) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> told{
        {{"username_password_changed", "password"},
         {"totp_added", "totp"},
         {"", "totp"},
         {"pin_changed", "pin"},
         {"security_key_added", "security_key"},
         {"chip_card_added", "chip_card"},
         {message_card_issued, "printed_card"},
         {message_lost_removed, nothing_new}}};
    for (auto const& each : told)
        if (each.first == message)
            return each.second;
    return {};
}

Result<void> remove_printed_cards(storage::Database& database, Clock const& clock, PatientId const& patient) {
    for (auto const& card : TRY(printed_cards_of(database, patient)))
        TRY(remove_printed_card_by_id(database, clock, patient, card.id));
    return ok();
}

/// Whoever has found, or taken, what was lost signs in by it no more.
Result<void> remove_lost(Call& call, storage::Database& database, Account const& account,
                         std::string_view lost) {
    auto& parts = sign_in_parts(call);
    Accounts const accounts(parts.vault, parts.clock);
    if (goes_with(lost, "password")) {
        TRY(accounts.remove_secret(database, account.id, kind_password));
        TRY(accounts.remove_username(database, account.id));
    }
    for (auto const kind : {kind_pin, kind_totp})
        if (goes_with(lost, kind))
            TRY(accounts.remove_secret(database, account.id, kind));
    if (goes_with(lost, "security_key"))
        for (auto const& key : TRY(security_keys_of(database, parts.vault, account.id)))
            TRY(remove_security_key(database, account.id, key.id));
    // Revoked rather than removed: a card that is found later is not added again by whoever has its PIN.
    if (goes_with(lost, "chip_card"))
        TRY(revoke_used_chip_cards(database, parts.clock, account.patient));
    return goes_with(lost, "printed_card") ? remove_printed_cards(database, parts.clock, account.patient)
                                           : Result<void>(ok());
}

} // namespace

std::string recovery_of(Session const& session) {
    for (auto const& factor : session.factors)
        if (factor.rfind(prefix, 0) == 0)
            return factor.substr(prefix.size());
    return {};
}

std::vector<std::string> recovery_factors(RecoveryRow const& row, std::string const& second) {
    return {"recovery_code", "second_" + second, std::string(prefix) + row.id};
}

Result<std::optional<RecoveryStep>> before_recovered(Call& call, storage::Database& database,
                                                     Account const& account, std::string_view message) {
    auto const id = recovery_of(*call.caller.session);
    if (id.empty())
        return std::optional<RecoveryStep>();
    call.audit_operation = id;
    auto row = TRY(recoveries_of(call).find(database, id));
    bool const finished = row && row->state == "finished";
    if (!row || (row->state != "started" && !finished))
        return error(ErrorKind::Refused, "recovery_over", "this way back to the account has ended");
    auto const factor = factor_set(message);
    if (!may_set(row->lost, factor, finished))
        return error(ErrorKind::Refused, "recovery_of_other", "this visit sets anew what was lost alone");
    RecoveryStep step{std::move(*row), !finished && !message.empty()};
    if (step.finishes)
        TRY(remove_lost(call, database, account, step.row.lost));
    return std::optional(std::move(step));
}

Result<void> after_recovered(Call& call, storage::Database& database, Account const& account,
                             RecoveryStep& step) {
    if (!step.finishes)
        return ok();
    auto& parts = sign_in_parts(call);
    TRY(recoveries_of(call).end(database, step.row, "finished"));
    TRY(unlock_account(database, parts, account));
    TRY(mark_restored(database, account.id.text(), parts.clock.now()));
    TRY(parts.sessions.end_all_of_account(database, account.id, call.caller.session->id));
    if (parts.hooks.tell)
        TRY(parts.hooks.tell(database, account.patient, "recovery_finished"));
    return call.services.changes->tell(database, step.row.desk, {"case_changed", ""});
}

} // namespace portico::central
