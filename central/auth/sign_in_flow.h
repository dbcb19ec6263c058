#pragma once

#include "central/auth/accounts.h"
#include "central/auth/sign_in_service.h"
#include "central/http/call.h"
#include "central/services.h"
#include "shared/api/sign_in.h"
#include "shared/base/result.h"
#include "shared/domain/lockout.h"

#include <optional>
#include <string>
#include <vector>

/// What the handlers of sign-in and accounts share; not for others.
namespace portico::central {

inline SignInService::Parts& sign_in_parts(Call& call) {
    return call.services.sign_in->parts();
}

/// The one reply for unknown and wrong. `step` names what failed, for the audit alone.
Error sign_in_refused(Call& call, std::string const& step);

/// A refusal is an answer, not a fault: what was written before it (a spent challenge, a counted guess)
/// stays.
bool is_store_fault(Error const& problem);
template <class T>
Result<T> write_even_if_refused(Store& store, std::function<Result<T>(storage::Database&)> const& change) {
    std::optional<Result<T>> outcome;
    TRY(store.write([&](storage::Database& database) -> Result<void> {
        outcome.emplace(change(database));
        if (outcome->has_error() && is_store_fault(outcome->error()))
            return outcome->error();
        return ok();
    }));
    return std::move(*outcome);
}

/// Spends the challenge in a transaction of its own, before anything else is looked at.
Result<Bytes> take_challenge(Call& call, std::string_view purpose, std::string const& id);

/// A security key's answer, decoded.
struct KeyAnswer {
    Bytes credential_id;
    Bytes authenticator_data;
    Bytes signature;
    Bytes user_handle;
    std::string client_data_json;
};
/// Errors: InvalidInput "base64url_invalid", "field_too_long".
Result<KeyAnswer> decode_key_answer(std::string const& credential_id, std::string const& authenticator_data,
                                    std::string const& client_data_json, std::string const& signature,
                                    std::string const& user_handle);
/// All steps of an assertion, the counter's update included: whose key it is, enabled accounts only.
/// Errors: "sign_in_refused".
Result<Account> verify_key_answer(Call& call, std::string_view purpose, std::string const& challenge_id,
                                  KeyAnswer const& answer, bool account_known);

/// What a call proved. `account.id` is empty for a member who has a card but no account yet.
struct Proof {
    Account account;
    PatientId patient;
    std::vector<std::string> factors;
    bool may_only_register = false;
};
/// Refused "other_account" when the call's session is somebody else's; Forbidden "registration_session" when
/// it may only register.
Result<void> check_same_person(Call& call, Proof const& proof);
/// Opens a session, or steps the call's own session up.
Result<SessionTable::Opened> admit(storage::Database& database, Call& call, Proof const& proof);
/// The reply for it; names the subject for the audit.
Result<api::SessionReply> session_reply(Call& call, SessionTable::Opened const& opened);

/// For a lock that is told: only where a card, a key or a session named the account.
Result<void> add_lock_ticket(storage::Database& database, Call& call, std::string const& subject,
                             Error& locked);

} // namespace portico::central
