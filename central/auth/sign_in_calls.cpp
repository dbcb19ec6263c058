#include "central/auth/sign_in_calls.h"

#include "central/auth/account_rights.h"
#include "central/auth/attempts.h"
#include "central/auth/challenges.h"
#include "central/auth/security_keys.h"
#include "central/auth/sign_in_flow.h"

#include <utility>

namespace portico::central {

namespace {

bool known_purpose(std::string_view purpose) {
    return purpose == purpose_security_key || purpose == purpose_chip_card ||
           purpose == purpose_register_key || purpose == purpose_staff_key;
}

/// Which keys may answer: of the session's account, those it has; without a session the key itself says whose
/// it is, so that the list tells nobody which accounts there are.
Result<void> list_keys(storage::Database& database, Call& call, std::string_view purpose,
                       api::ChallengeReply& reply) {
    auto& parts = sign_in_parts(call);
    if (!call.caller.session || purpose == purpose_staff_key || purpose == purpose_chip_card)
        return ok();
    auto const& account = call.caller.session->account;
    for (auto const& key : TRY(security_keys_of(database, parts.vault, account)))
        reply.credential_ids.push_back(to_base64url(key.credential_id));
    if (purpose != purpose_register_key)
        return ok();
    Accounts const accounts(parts.vault, parts.clock);
    auto const found = TRY(accounts.find(database, account));
    if (!found)
        return error(ErrorKind::Unauthenticated, "session_needed");
    reply.user_id = to_base64url(found->user_handle);
    // What a key may show to tell its accounts apart; never a member's name or number.
    reply.user_name = found->staff.empty() ? TRY(accounts.username(database, account)) : found->name;
    if (reply.user_name.empty())
        reply.user_name = parts.relying_party.plan_name;
    return ok();
}

} // namespace

Result<api::ChallengeReply> sign_in_challenge(Call& call, api::ChallengeRequest const& request) {
    auto& parts = sign_in_parts(call);
    if (!known_purpose(request.purpose))
        return error(ErrorKind::InvalidInput, "purpose_unknown");
    if (request.purpose == purpose_register_key)
        TRY(require_account_rights(call));
    return write_even_if_refused<api::ChallengeReply>(
        parts.store, [&](storage::Database& database) -> Result<api::ChallengeReply> {
            TRY(count_for_terminal(database, call.caller.terminal, TerminalLimit::Challenges,
                                   parts.clock.now()));
            auto const challenge = TRY(make_challenge(database, parts.clock, call.caller, request.purpose));
            api::ChallengeReply reply;
            reply.challenge_id = challenge.id;
            reply.challenge = to_base64url(challenge.bytes);
            reply.rp_id = parts.relying_party.rp_id;
            reply.origin = parts.relying_party.origin;
            TRY(list_keys(database, call, request.purpose, reply));
            return reply;
        });
}

Result<api::SessionReply> sign_in_security_key(Call& call, api::SecurityKeySignIn const& request) {
    auto& parts = sign_in_parts(call);
    auto const answer =
        TRY(decode_key_answer(request.credential_id, request.authenticator_data, request.client_data_json,
                              request.signature, request.user_handle));
    auto account = TRY(verify_key_answer(call, purpose_security_key, request.challenge_id, answer,
                                         call.caller.session.has_value()));
    auto const patient = account.patient;
    Proof const proof{std::move(account), patient, {"security_key"}, false};
    auto const opened = TRY(parts.store.write_value<SessionTable::Opened>(
        [&](storage::Database& database) { return admit(database, call, proof); }));
    return session_reply(call, opened);
}

Result<api::Empty> sign_out(Call& call, api::Empty const&) {
    if (call.caller.session)
        TRY(sign_in_parts(call).sessions.end(call.caller.session->id));
    return api::Empty{};
}

} // namespace portico::central
