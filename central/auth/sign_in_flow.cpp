#include "central/auth/sign_in_flow.h"

#include "central/auth/assurance_policy.h"
#include "central/auth/attempts.h"
#include "central/auth/challenges.h"
#include "central/auth/security_keys.h"
#include "central/auth/staff_rights.h"

#include <algorithm>
#include <utility>

namespace portico::central {

namespace {

constexpr std::size_t field_characters_max = 24'576;
constexpr std::size_t member_id_end_characters = 4;

Result<Bytes> decode(std::string const& field) {
    if (field.size() > field_characters_max)
        return error(ErrorKind::InvalidInput, "field_too_long");
    return from_base64url(field);
}

} // namespace

Error sign_in_refused(Call& call, std::string const& step) {
    call.audit_fields.push_back("refused_by:" + step);
    return error(ErrorKind::Unauthenticated, "sign_in_refused");
}

bool is_store_fault(Error const& problem) {
    return problem.kind == ErrorKind::Full || problem.kind == ErrorKind::Corrupt ||
           problem.kind == ErrorKind::Unavailable || problem.kind == ErrorKind::Internal;
}

Result<Bytes> take_challenge(Call& call, std::string_view purpose, std::string const& id) {
    auto& parts = sign_in_parts(call);
    return write_even_if_refused<Bytes>(parts.store, [&](storage::Database& database) {
        return spend_challenge(database, parts.clock, call.caller, purpose, id);
    });
}

Result<KeyAnswer> decode_key_answer(std::string const& credential_id, std::string const& authenticator_data,
                                    std::string const& client_data_json, std::string const& signature,
                                    std::string const& user_handle) {
    KeyAnswer answer;
    answer.credential_id = TRY(decode(credential_id));
    answer.authenticator_data = TRY(decode(authenticator_data));
    answer.signature = TRY(decode(signature));
    answer.user_handle = TRY(decode(user_handle));
    auto const client_data = TRY(decode(client_data_json));
    answer.client_data_json = std::string(as_text(client_data));
    return answer;
}

Result<Account> verify_key_answer(Call& call, std::string_view purpose, std::string const& challenge_id,
                                  KeyAnswer const& answer, bool account_known) {
    auto& parts = sign_in_parts(call);
    Accounts const accounts(parts.vault, parts.clock);
    auto const challenge = take_challenge(call, purpose, challenge_id);
    if (challenge.has_error())
        return is_store_fault(challenge.error()) ? challenge.error()
                                                 : sign_in_refused(call, challenge.error().reason);
    std::optional<SecurityKeyRow> key;
    std::optional<Account> account;
    TRY(parts.store.read<bool>([&](storage::Database& database) -> Result<bool> {
        key = TRY(find_security_key(database, parts.vault, answer.credential_id));
        if (key)
            account = TRY(accounts.find(database, key->account));
        return true;
    }));
    if (!key || !account)
        return sign_in_refused(call, "credential_unknown");
    call.audit_subject = account->subject();
    if (account->disabled)
        return sign_in_refused(call, "account_disabled");
    auto const facts = verify_assertion(
        {challenge.value(), parts.relying_party.rp_id, parts.relying_party.origin, account_known},
        {answer.credential_id, answer.authenticator_data, answer.client_data_json, answer.signature,
         answer.user_handle},
        {key->credential_id, key->cose_key, key->sign_count, key->backup_eligible, account->user_handle});
    if (facts.has_error())
        return sign_in_refused(call, facts.error().reason);
    bool const rose = TRY(parts.store.write_value<bool>([&](storage::Database& database) {
        return security_key_used(database, parts.clock, *key, facts.value());
    }));
    if (!rose)
        return sign_in_refused(call, "counter_rollback");
    return std::move(*account);
}

Result<void> check_same_person(Call& call, Proof const& proof) {
    if (!call.caller.session)
        return ok();
    auto const& session = *call.caller.session;
    if (session.may_only_register)
        return error(ErrorKind::Forbidden, "registration_session",
                     "a registration session cannot become another: end it first");
    bool const same = proof.account.staff.empty() ? !proof.patient.empty() && session.patient == proof.patient
                                                  : session.staff == proof.account.staff;
    if (!same)
        return error(ErrorKind::Refused, "other_account", "this belongs to another account than the session");
    return ok();
}

Result<SessionTable::Opened> admit(storage::Database& database, Call& call, Proof const& proof) {
    auto& parts = sign_in_parts(call);
    // A member's session has no business at a desk, whoever has their card or letter in hand.
    if (proof.account.staff.empty() && call.caller.program != "kiosk")
        return sign_in_refused(call, "member_at_desk");
    TRY(check_same_person(call, proof));
    bool const staff_at_kiosk = !proof.account.staff.empty() && call.caller.program == "kiosk";
    // Among members a staff member's key opens the kiosk's own service, and of that only who looks after it.
    if (staff_at_kiosk && !proof.may_only_register && !has_right(proof.account.roles, Right::ServiceKiosk))
        return error(ErrorKind::Refused, "staff_key", "a staff key opens no account at a kiosk");
    auto factors = call.caller.session ? call.caller.session->factors : std::vector<std::string>();
    for (auto const& factor : proof.factors)
        if (std::find(factors.begin(), factors.end(), factor) == factors.end())
            factors.push_back(factor);
    auto const assurance = assurance_of(factors);
    if (call.caller.session)
        return parts.sessions.raise(database, call.caller.session->id, proof.account.id, assurance, factors);
    return parts.sessions.open(database,
                               {call.caller.terminal, proof.account.id, proof.patient, proof.account.staff,
                                assurance, factors, proof.may_only_register, staff_at_kiosk});
}

Result<api::SessionReply> session_reply(Call& call, SessionTable::Opened const& opened) {
    auto& parts = sign_in_parts(call);
    auto const& session = opened.session;
    call.audit_subject = session.staff.empty() ? session.patient.text() : session.staff.text();
    api::SessionReply reply;
    reply.token = std::string(opened.token.reveal());
    reply.assurance = session.assurance;
    reply.expires_in_s = opened.expires_in_s;
    reply.is_staff = !session.staff.empty();
    Accounts const accounts(parts.vault, parts.clock);
    auto const account = TRY(parts.store.read<std::optional<Account>>(
        [&](storage::Database& database) -> Result<std::optional<Account>> {
            auto found = TRY(accounts.find(database, session.account));
            bool const asks = parts.hooks.call_check_waits && !session.patient.empty() &&
                              !session.may_only_register && session.assurance >= Assurance::TwoFactors;
            reply.call_check = asks && TRY(parts.hooks.call_check_waits(database, session.patient));
            if (found && !session.may_only_register)
                reply.step_up_ways = step_up_ways(session.factors, TRY(accounts.factors(database, *found)));
            return found;
        }));
    if (session.assurance < Assurance::OneFactor)
        return reply;
    if (reply.is_staff) {
        reply.services_kiosk = call.caller.program == "kiosk" && !session.may_only_register && account &&
                               has_right(account->roles, Right::ServiceKiosk);
        reply.given_name = account ? account->name : std::string();
        return reply;
    }
    if (auto const member = TRY(parts.members.member(session.patient)); member) {
        reply.given_name = member->name.given;
        auto const& id = member->member_id;
        reply.member_id_end =
            id.size() > member_id_end_characters ? id.substr(id.size() - member_id_end_characters) : id;
        reply.language = member->language;
    }
    return reply;
}

Result<void> add_lock_ticket(storage::Database& database, Call& call, std::string const& subject,
                             Error& locked) {
    auto& parts = sign_in_parts(call);
    locked.ticket = TRY(make_lock_ticket(database, subject, call.caller.terminal, parts.clock.now()));
    return ok();
}

} // namespace portico::central
