#include "central/recovery/member_recovery.h"

#include "central/auth/account_change.h"
#include "central/auth/assurance_policy.h"
#include "central/auth/attempts.h"
#include "central/auth/challenges.h"
#include "central/auth/chip_card/shown_card.h"
#include "central/auth/sign_in_flow.h"
#include "central/auth/staff_rights.h"
#include "central/auth/totp.h"
#include "central/cases/caller_facts.h"
#include "central/changes/change_feed.h"
#include "central/notify/notifier.h"
#include "central/operations/ledger.h"
#include "central/plan/plan_keys.h"
#include "central/recovery/last_proof.h"
#include "central/recovery/recovery_session.h"
#include "central/recovery/recovery_start.h"
#include "central/services.h"
#include "shared/base/rfc3339.h"
#include "shared/base/uuid.h"
#include "shared/domain/contact_rules.h"

#include <algorithm>
#include <array>

namespace portico::central {

namespace {

constexpr std::size_t who_bytes_max = 128;
constexpr std::size_t code_bytes_max = 32;

Result<void> check_who(std::string const& who) {
    if (who.empty() || who.size() > who_bytes_max || !is_utf8(who))
        return error(ErrorKind::InvalidInput, "who_invalid", "a username, or the member ID as printed");
    return ok();
}

/// The one answer for all that does not fit. `step` is for the audit alone.
Error recovery_refused(Call& call, std::string const& step) {
    call.audit_fields.push_back("refused_by:" + step);
    return error(ErrorKind::Refused, "recovery_refused",
                 "nothing is open for this name, or what was shown does not fit");
}

/// Whose name this may be. One member's username may be another's member ID: both are looked for, whichever
/// it was.
using Candidates = std::array<std::optional<Account>, 2>;
Result<Candidates> accounts_called(Call& call, storage::Database& database, std::string const& who) {
    auto& parts = sign_in_parts(call);
    Accounts const accounts(parts.vault, parts.clock);
    CallerFacts facts;
    facts.member_id = plain_number(who);
    auto const patient =
        facts.member_id.empty() ? std::optional<PatientId>() : TRY(find_caller(database, parts.vault, facts));
    Candidates candidates;
    candidates[0] = TRY(accounts.of_username(database, who));
    candidates[1] = TRY(accounts.of_patient(database, patient.value_or(PatientId())));
    for (auto& account : candidates)
        if (account && (account->disabled || account->patient.empty()))
            account.reset(); // staff have colleagues for this
    return candidates;
}

/// Who knows a name that others know, too, has neither codes sent nor tries counted.
Result<bool> is_birth_date(Call& call, PatientId const& patient, std::string const& said) {
    auto const member = TRY(sign_in_parts(call).members.member(patient));
    return member && (!member->birth_date.has_day() || member->birth_date.text() == said);
}

/// The member and what is open for them.
struct Returning {
    Account account;
    RecoveryRow row;
};
Result<std::optional<Returning>> returning(Call& call, storage::Database& database, std::string const& who,
                                           std::string const& birth_date) {
    std::optional<Returning> found;
    auto candidates = TRY(accounts_called(call, database, who));
    for (auto& account : candidates) {
        auto const patient = account ? account->patient : PatientId();
        bool const born = TRY(is_birth_date(call, patient, birth_date));
        auto row = TRY(recoveries_of(call).open_of(database, patient));
        if (!found && account && born && row && row->state == "started")
            found = Returning{std::move(*account), std::move(*row)};
    }
    if (found) {
        call.audit_subject = found->account.subject();
        call.audit_operation = found->row.id;
    }
    return found;
}

/// One code on its way, if what is on file for it is still what it was.
Result<void> send_by(Call& call, storage::Database& database, RecoveryRow const& row,
                     ContactInForce const& contact, std::string const& way) {
    auto const reach = recovery_reach(call, contact);
    bool const text = way == "text";
    if (way.empty() || way == "letter" || !(text ? reach.text : reach.mail))
        return ok();
    CodeOnItsWay code;
    code.code = TRY(recoveries_of(call).make_code(database, row, way, recovery_code_lives));
    code.channel = text ? MessageChannel::Text : MessageChannel::Mail;
    code.to = text ? text_number(contact.phone) : contact.email;
    code.language = contact.on_file.language;
    code.minutes = static_cast<int>(recovery_code_lives.count());
    code.expires_us = to_micros(call.services.clock.now() + recovery_code_lives);
    code.message = "recovery_code";
    return call.services.operations->tools().notify.send_code(database, code);
}

Result<void> send_codes(Call& call, storage::Database& database, Returning& returning) {
    if (!TRY(recoveries_of(call).count_send(database, returning.row)))
        return ok();
    auto const contact = TRY(contact_of(call, database, returning.account.patient));
    TRY(send_by(call, database, returning.row, contact, returning.row.first_way));
    return send_by(call, database, returning.row, contact, returning.row.second_way);
}

/// What a key or card has shown, before the transaction that tries the codes.
struct ThingShown {
    std::optional<Account> account; ///< of a key
    std::optional<ChipCardRow> card;
};
Result<ThingShown> shown_card(Call& call, api::ProveRecovery const& request) {
    auto shown = check_shown_card(call, request.challenge_id, request.certificate, request.signature,
                                  request.mechanism);
    if (shown.has_error() && (is_store_fault(shown.error()) || is_about_the_card(shown.error())))
        return shown.error();
    if (shown.has_error() || !shown.value().row)
        return ThingShown{};
    if (shown.value().row->revoked_us != 0)
        return error(ErrorKind::Refused, "chip_card_revoked", "the card was revoked");
    return ThingShown{{}, std::move(shown.value().row)};
}
Result<ThingShown> shown_thing(Call& call, api::ProveRecovery const& request) {
    if (request.second == "code" || request.second == "totp")
        return ThingShown{};
    if (request.second == "chip_card")
        return shown_card(call, request);
    bool const staff = request.second == "staff_key";
    auto const answer =
        TRY(decode_key_answer(request.credential_id, request.authenticator_data, request.client_data_json,
                              request.signature, request.user_handle));
    auto account = verify_key_answer(call, staff ? purpose_staff_key : purpose_security_key,
                                     request.challenge_id, answer, false);
    if (account.has_error() && is_store_fault(account.error()))
        return account.error();
    return account.has_error() ? ThingShown{} : ThingShown{std::move(account.value()), {}};
}

/// `used_up`: the code counts as used; else it is only looked at.
Result<bool> app_shows(Call& call, storage::Database& database, Account const& account, Secret const& code,
                       bool used_up) {
    auto& parts = sign_in_parts(call);
    Accounts const accounts(parts.vault, parts.clock);
    auto const kept = TRY(accounts.secret(database, account.id, kind_totp));
    if (!kept)
        return false;
    auto const step = totp_match(kept->value, code, parts.clock.now(), kept->last_step);
    if (!step || !used_up)
        return step.has_value();
    return accounts.use_totp_step(database, account.id, kind_totp, *step);
}

Result<bool> card_shows(Call& call, storage::Database& database, Account const& account,
                        std::optional<ChipCardRow> const& card) {
    if (!card || !card->usable() || card->patient != account.patient)
        return false;
    TRY(chip_card_used(database, sign_in_parts(call).clock, card->serial));
    return true;
}

/// Whoever of the service center stands beside: neither the member, nor who began it or said yes to it. Which
/// of these it is, is told beside a right code alone.
Result<bool> stands_beside(Call& call, Returning const& returning, ThingShown const& key, bool code_fits) {
    if (!key.account || key.account->staff.empty() || !has_right(key.account->roles, Right::ConfirmInPerson))
        return false;
    auto const& staff = key.account->staff;
    call.audit_fields.push_back("confirmed_by:" + staff.text());
    bool const own = key.account->own_patient == returning.account.patient || staff == returning.row.staff ||
                     staff == returning.row.decided_by;
    if (own && code_fits)
        return error(ErrorKind::Refused, "own_account", "staff do not confirm themselves");
    return !own;
}

/// What of the two proofs fits.
struct Fits {
    bool code = false;
    bool second = false;
    bool both() const { return code && second; }
    bool one() const { return code != second; }
};
/// What is shown in place of a second code, and is new each time.
Result<bool> thing_fits(Call& call, storage::Database& database, Returning const& returning,
                        std::string const& second, ThingShown const& thing, bool code_fits) {
    auto const& account = returning.account;
    if (second == "staff_key")
        return stands_beside(call, returning, thing, code_fits);
    if (second == "chip_card")
        return card_shows(call, database, account, thing.card);
    return thing.account && thing.account->id == account.id;
}

/// Neither by the way of the other. Both are looked at, so that who has one guesses five times at the other.
Result<Fits> what_fits(Call& call, storage::Database& database, Returning const& returning,
                       api::ProveRecovery const& request, ThingShown const& thing) {
    auto const recoveries = recoveries_of(call);
    auto const way = TRY(recoveries.way_of_code(database, returning.row, request.code));
    Fits fits;
    fits.code = !way.empty();
    if (request.second == "code") {
        auto const other = TRY(recoveries.way_of_code(database, returning.row, request.second_code));
        fits.second = !other.empty() && way != other;
        return fits;
    }
    if (!is_second_proof(returning.row.lost, request.second))
        return fits;
    fits.code = fits.code && way != "mail"; // alone it is no first code (recovery_ways)
    if (request.second == "totp")
        fits.second = TRY(app_shows(call, database, returning.account, request.second_code, fits.code));
    else
        fits.second = TRY(thing_fits(call, database, returning, request.second, thing, fits.code));
    return fits;
}

/// A try in which one proof fitted; the last one ends the recovery.
Result<void> count_try(Call& call, storage::Database& database, Returning& returning) {
    TRY(recoveries_of(call).count_wrong(database, returning.row));
    if (returning.row.is_open())
        return ok();
    call.audit_fields.push_back("last_try");
    if (auto const& tell = sign_in_parts(call).hooks.tell; tell)
        TRY(tell(database, returning.account.patient, "recovery_stopped"));
    return call.services.changes->tell(database, returning.row.desk, {"case_changed", ""});
}

/// The session that this kiosk has opened by the same proof in the same visit: its answer was lost on the
/// way.
Result<std::optional<SessionTable::Opened>> told_again(Call& call, storage::Database& database,
                                                       Returning const& returning,
                                                       api::ProveRecovery const& request,
                                                       ThingShown const& thing) {
    auto& parts = sign_in_parts(call);
    auto const session = TRY(LastProof(parts.vault, parts.clock)
                                 .opened_by(database, returning.row.id, call.caller.terminal, request));
    if (!session)
        return std::optional<SessionTable::Opened>();
    bool const typed = request.second == "code" || request.second == "totp";
    if (!typed && !TRY(thing_fits(call, database, returning, request.second, thing, true)))
        return std::optional<SessionTable::Opened>();
    call.audit_fields.push_back("again");
    return parts.sessions.tell_again(database, *session, call.caller.terminal);
}

/// One try, in its transaction. What is refused here is kept: the try counts.
Result<SessionTable::Opened> try_to_return(storage::Database& database, Call& call,
                                           api::ProveRecovery const& request, ThingShown const& thing,
                                           std::string& lost) {
    auto& parts = sign_in_parts(call);
    TRY(count_for_terminal(database, call.caller.terminal, TerminalLimit::ActivationCodes,
                           parts.clock.now()));
    auto found = TRY(returning(call, database, request.who, request.birth_date));
    if (!found)
        return recovery_refused(call, "nothing_open");
    lost = found->row.lost;
    if (auto again = TRY(told_again(call, database, *found, request, thing)))
        return std::move(*again);
    auto const fits = TRY(what_fits(call, database, *found, request, thing));
    if (!fits.both()) {
        // Whoever has neither could be anybody: no stranger ends what a member has begun.
        if (fits.one())
            TRY(count_try(call, database, *found));
        return recovery_refused(call, fits.one() ? "one_proof" : "no_proof");
    }
    // Who has watched them being typed opens no visit of their own by them, in which this one would end.
    TRY(recoveries_of(call).use_up_sent(database, found->row));
    // A visit that was cut short may begin again, by codes that are sent anew; what it left open ends.
    TRY(parts.sessions.end_all_of_account(database, found->account.id));
    auto opened = TRY(parts.sessions.open(database, {call.caller.terminal, found->account.id,
                                                     found->account.patient, StaffId(), Assurance::Identified,
                                                     recovery_factors(found->row, request.second), true}));
    TRY(LastProof(parts.vault, parts.clock)
            .keep(database, found->row.id, call.caller.terminal, request, opened.session.id));
    return opened;
}

bool is_second(std::string_view word) {
    return word == "code" || word == "totp" || word == "security_key" || word == "chip_card" ||
           word == "staff_key";
}

} // namespace

Result<api::Empty> begin_recovery(Call& call, api::BeginRecovery const& request) {
    auto& parts = sign_in_parts(call);
    TRY(check_who(request.who));
    TRY(write_even_if_refused<bool>(parts.store, [&](storage::Database& database) -> Result<bool> {
        TRY(count_for_terminal(database, call.caller.terminal, TerminalLimit::ActivationCodes,
                               parts.clock.now()));
        auto found = TRY(returning(call, database, request.who, request.birth_date));
        if (found)
            TRY(send_codes(call, database, *found));
        return found.has_value();
    }));
    return api::Empty{};
}

Result<api::SessionReply> prove_recovery(Call& call, api::ProveRecovery const& request) {
    auto& parts = sign_in_parts(call);
    if (call.caller.session)
        return error(ErrorKind::Forbidden, "session_open", "end the session first");
    TRY(check_who(request.who));
    if (!is_second(request.second))
        return error(ErrorKind::InvalidInput, "second_proof_unknown",
                     "a second proof is code, totp, security_key, chip_card or staff_key");
    if (request.visit && !is_uuid_v7(*request.visit))
        return error(ErrorKind::InvalidInput, "visit_invalid", "a visit is a UUIDv7");
    if (request.code.size() > code_bytes_max || request.second_code.size() > code_bytes_max)
        return recovery_refused(call, "too_long");
    call.audit_fields = {"second:" + request.second};
    auto const thing = TRY(shown_thing(call, request));
    std::string lost;
    auto const opened =
        TRY(write_even_if_refused<SessionTable::Opened>(parts.store, [&](storage::Database& database) {
            return try_to_return(database, call, request, thing, lost);
        }));
    call.services.changes->hint();
    auto reply = TRY(session_reply(call, opened));
    reply.sets_anew = lost;
    return reply;
}

Result<api::Empty> finish_recovery(Call& call, api::Empty const&) {
    auto const session = TRY(require_account_rights(call));
    Accounts const accounts(call.services.vault, call.services.clock);
    TRY(change_account(
        call, {Changes::MembersOnly, std::string(message_lost_removed), false,
               [&](storage::Database& database, Account const& account) -> Result<void> {
                   if (recovery_of(session).empty())
                       return error(ErrorKind::Refused, "recovery_over", "this is no way back to an account");
                   if (!can_sign_in(TRY(accounts.factors(database, account))))
                       return error(ErrorKind::Refused, "last_credential",
                                    "nothing would be left to sign in by: something new must be set up");
                   return ok();
               }}));
    call.services.changes->hint();
    return api::Empty{};
}

Result<api::OwnRecovery> own_recovery(Call& call, api::Empty const&) {
    call.audit_fields = {"recovery"};
    return call.services.store.read<api::OwnRecovery>(
        [&](storage::Database& database) -> Result<api::OwnRecovery> {
            auto const row = TRY(recoveries_of(call).open_of(database, call.caller.session->patient));
            api::OwnRecovery own;
            if (!row || row->state != "started")
                return own;
            own.open = true;
            own.lost = row->lost;
            own.started = to_rfc3339(from_micros(row->started_us));
            return own;
        });
}

Result<api::Empty> stop_recovery(Call& call, api::Empty const&) {
    auto const& patient = call.caller.session->patient;
    TRY(call.write([&](storage::Database& database) -> Result<void> {
        auto row = TRY(recoveries_of(call).open_of(database, patient));
        if (!row)
            return ok();
        call.audit_operation = row->id;
        return end_recovery(call, database, *row, patient, "stopped");
    }));
    call.services.changes->hint();
    return api::Empty{};
}

} // namespace portico::central
