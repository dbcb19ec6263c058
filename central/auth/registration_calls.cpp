#include "central/auth/account_calls.h"
#include "central/auth/activation.h"
#include "central/auth/attempts.h"
#include "central/auth/challenges.h"
#include "central/auth/printed_cards.h"
#include "central/auth/sign_in_flow.h"
#include "central/auth/staff_rights.h"

#include <utility>

namespace portico::central {

namespace {

Error activation_refused(Call& call, std::string const& step) {
    call.audit_fields.push_back("refused_by:" + step);
    return error(ErrorKind::Refused, "activation_refused",
                 "the code is unknown, used, expired, or does not fit the birth date");
}

/// The account of a code whose other half, the birth date, fits too. Staff have none on file.
Result<Account> account_of_code(storage::Database& database, Call& call,
                                api::RegisterWithCode const& request) {
    auto& parts = sign_in_parts(call);
    Accounts const accounts(parts.vault, parts.clock);
    TRY(count_for_terminal(database, call.caller.terminal, TerminalLimit::ActivationCodes,
                           parts.clock.now()));
    auto const id = TRY(try_activation_code(database, parts.vault, parts.clock, request.code));
    if (!id)
        return activation_refused(call, "code");
    auto const account = TRY(accounts.find(database, *id));
    if (!account || account->disabled || account->opened)
        return activation_refused(call, "account");
    call.audit_subject = account->subject();
    if (!account->staff.empty())
        return request.birth_date.empty() ? Result<Account>(*account)
                                          : Result<Account>(activation_refused(call, "birth_date"));
    auto const member = TRY(parts.members.member(account->patient));
    if (!member || !member->birth_date.has_day() || member->birth_date.text() != request.birth_date)
        return activation_refused(call, "birth_date");
    return *account;
}

} // namespace

Result<api::SessionReply> register_with_code(Call& call, api::RegisterWithCode const& request) {
    auto& parts = sign_in_parts(call);
    if (call.caller.session)
        return error(ErrorKind::Forbidden, "session_open", "end the session first");
    auto const opened = TRY(write_even_if_refused<SessionTable::Opened>(
        parts.store, [&](storage::Database& database) -> Result<SessionTable::Opened> {
            auto account = TRY(account_of_code(database, call, request));
            // A visit that was cut short may begin again; what it left open ends.
            TRY(parts.sessions.end_all_of_account(database, account.id));
            auto const patient = account.patient;
            return admit(database, call, {std::move(account), patient, {"activation_code"}, true});
        }));
    return session_reply(call, opened);
}

Result<api::SessionReply> register_in_person(Call& call, api::RegisterInPerson const& request) {
    auto& parts = sign_in_parts(call);
    Accounts const accounts(parts.vault, parts.clock);
    auto const answer =
        TRY(decode_key_answer(request.credential_id, request.authenticator_data, request.client_data_json,
                              request.signature, request.user_handle));
    auto const staff = TRY(verify_key_answer(call, purpose_staff_key, request.challenge_id, answer, false));
    if (staff.staff.empty())
        return sign_in_refused(call, "not_staff");
    if (!has_right(staff.roles, Right::ConfirmInPerson))
        return sign_in_refused(call, "right_missing");
    auto const opened = TRY(write_even_if_refused<SessionTable::Opened>(
        parts.store, [&](storage::Database& database) -> Result<SessionTable::Opened> {
            auto const patient = TRY(patient_of_printed_card(database, parts.vault, request.card_number));
            if (!patient)
                return sign_in_refused(call, "card_unknown");
            call.audit_subject = patient->text();
            call.audit_fields.push_back("confirmed_by:" + staff.staff.text());
            if (*patient == staff.own_patient)
                return error(ErrorKind::Refused, "own_account", "staff do not confirm themselves");
            auto account = TRY(accounts.of_patient(database, *patient));
            if (account && account->disabled)
                return sign_in_refused(call, "account_disabled");
            if (!account)
                account = TRY(accounts.create_member(database, *patient));
            TRY(parts.sessions.end_all_of_account(database, account->id));
            return parts.sessions.open(database,
                                       {call.caller.terminal,
                                        account->id,
                                        *patient,
                                        StaffId(),
                                        Assurance::InPersonWithStaff,
                                        {"printed_card", "staff_key", "confirmed_by:" + staff.staff.text()},
                                        true});
        }));
    return session_reply(call, opened);
}

} // namespace portico::central
