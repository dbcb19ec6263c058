#include "central/auth/account_calls.h"

#include "central/auth/account_change.h"
#include "central/auth/attempts.h"
#include "central/auth/challenges.h"
#include "central/auth/common_passwords.h"
#include "central/auth/password_hasher.h"
#include "central/auth/security_keys.h"
#include "central/auth/totp.h"
#include "shared/base/uuid.h"
#include "shared/domain/password_rules.h"
#include "shared/domain/pin_rules.h"
#include "shared/domain/plain_text.h"

namespace portico::central {

namespace {

constexpr std::size_t label_bytes_max = 128;
constexpr std::int64_t totp_pending_s = std::int64_t{10} * 60;

/// With staff beside, a new secret is also the recovery of a locked account.
Result<void> recover(storage::Database& database, Session const& session, UtcTime now) {
    if (session.assurance == Assurance::InPersonWithStaff)
        TRY(clear_lockout(database, session.account.text(), now));
    return ok();
}

/// Hashed before the transaction, so that nobody else's write waits for it.
Result<Secret> hash(Call& call, Secret const& secret) {
    auto& hasher = call.services.sign_in->hasher();
    auto const place = TRY(hasher.take_place());
    return hasher.hash(place, secret);
}

bool label_fits(std::string const& label) {
    return label.size() <= label_bytes_max && is_plain_text(label);
}

} // namespace

Result<api::Empty> set_password(Call& call, api::SetPassword const& request) {
    auto& parts = sign_in_parts(call);
    auto const session = TRY(require_account_rights(call));
    TRY(check_username(request.username));
    PasswordContext context;
    context.plan_names = {parts.relying_party.plan_name, "Portico"};
    context.username = request.username;
    context.is_listed = is_common_password;
    TRY(check_password(request.password.reveal(), context));
    auto const kept = TRY(hash(call, request.password));
    Accounts const accounts(parts.vault, parts.clock);
    call.audit_fields = {"username", "password"};
    TRY(change_account(call, {Changes::MembersOnly, "username_password_changed", true,
                              [&](storage::Database& database, Account const& account) -> Result<void> {
                                  TRY(accounts.set_username(database, account.id, request.username));
                                  TRY(accounts.put_secret(database, account.id, kind_password, kept));
                                  TRY(recover(database, session, parts.clock.now()));
                                  // Whoever else is signed in may be why the password was changed.
                                  TRY(parts.sessions.end_all_of_account(database, account.id, session.id));
                                  return ok();
                              }}));
    return api::Empty{};
}

Result<api::Empty> set_pin(Call& call, api::SetPin const& request) {
    auto& parts = sign_in_parts(call);
    auto const session = TRY(require_account_rights(call));
    PinContext context;
    if (auto const member = TRY(parts.members.member(session.patient)); member) {
        context.birth_date = member->birth_date;
        context.known_numbers = {member->member_id, member->phone, member->address.zip};
    }
    TRY(check_pin(request.pin.reveal(), context));
    auto const kept = TRY(hash(call, request.pin));
    Accounts const accounts(parts.vault, parts.clock);
    call.audit_fields = {"pin"};
    TRY(change_account(call, {Changes::MembersOnly, "pin_changed", true,
                              [&](storage::Database& database, Account const& account) -> Result<void> {
                                  TRY(accounts.put_secret(database, account.id, kind_pin, kept));
                                  return recover(database, session, parts.clock.now());
                              }}));
    return api::Empty{};
}

Result<api::TotpBegun> begin_totp(Call& call, api::Empty const&) {
    auto& parts = sign_in_parts(call);
    Accounts const accounts(parts.vault, parts.clock);
    auto bytes = random_bytes(totp_secret_bytes);
    Secret const secret(as_text(bytes));
    wipe(bytes.data(), bytes.size());
    api::TotpBegun begun;
    auto text = to_base32(secret.bytes());
    begun.secret_base32 = Secret(text);
    wipe(text);
    call.audit_fields = {"totp"};
    TRY(change_account(call, {Changes::MembersOnly,
                              {},
                              false,
                              [&](storage::Database& database, Account const& account) -> Result<void> {
                                  auto const username = TRY(accounts.username(database, account.id));
                                  if (username.empty())
                                      return error(ErrorKind::Refused, "password_first",
                                                   "a one-time code stands beside a password");
                                  auto uri =
                                      totp_uri(begun.secret_base32, parts.relying_party.plan_name, username);
                                  begun.uri = Secret(uri);
                                  wipe(uri);
                                  return accounts.put_secret(database, account.id, kind_totp_pending, secret);
                              }}));
    return begun;
}

Result<api::Empty> confirm_totp(Call& call, api::TotpSignIn const& request) {
    auto& parts = sign_in_parts(call);
    auto const now = parts.clock.now();
    Accounts const accounts(parts.vault, parts.clock);
    call.audit_fields = {"totp"};
    TRY(change_account(
        call, {Changes::MembersOnly, "totp_added", false,
               [&](storage::Database& database, Account const& account) -> Result<void> {
                   auto const pending = TRY(accounts.secret(database, account.id, kind_totp_pending));
                   if (!pending || to_micros(now) > pending->added_us + totp_pending_s * 1'000'000)
                       return error(ErrorKind::Refused, "totp_not_begun", "begin again");
                   auto const step = totp_match(pending->value, request.code, now, 0);
                   if (!step)
                       return error(ErrorKind::Refused, "totp_code_wrong", "not the code the app shows now");
                   TRY(accounts.put_secret(database, account.id, kind_totp, pending->value));
                   TRY(accounts.use_totp_step(database, account.id, kind_totp, *step));
                   TRY(accounts.remove_secret(database, account.id, kind_totp_pending));
                   return ok();
               }}));
    return api::Empty{};
}

Result<api::Empty> add_security_key(Call& call, api::AddSecurityKey const& request) {
    auto& parts = sign_in_parts(call);
    TRY(require_account_rights(call));
    if (!label_fits(request.label))
        return error(
            ErrorKind::InvalidInput, "label_invalid",
            "a name of up to 128 bytes, without control characters or marks that turn the direction of "
            "writing");
    auto const answer = TRY(decode_key_answer(request.credential_id, request.attestation_object,
                                              request.client_data_json, {}, {}));
    auto const refused = [&](std::string const& step) {
        call.audit_fields.push_back("refused_by:" + step);
        return error(ErrorKind::Refused, "key_refused", "the key's answer did not pass: " + step);
    };
    auto const challenge = take_challenge(call, purpose_register_key, request.challenge_id);
    if (challenge.has_error())
        return is_store_fault(challenge.error()) ? challenge.error() : refused(challenge.error().reason);
    auto const made =
        verify_registration({challenge.value(), parts.relying_party.rp_id, parts.relying_party.origin},
                            {answer.credential_id, answer.authenticator_data, answer.client_data_json});
    if (made.has_error())
        return refused(made.error().reason);
    call.audit_fields = {"security_key"};
    TRY(change_account(call, {Changes::Anyone, "security_key_added", true,
                              [&](storage::Database& database, Account const& account) {
                                  return add_security_key_row(database, parts.vault, parts.clock, account.id,
                                                              made.value(), request.label);
                              }}));
    return api::Empty{};
}

} // namespace portico::central
