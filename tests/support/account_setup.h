#pragma once

#include "central/auth/account_calls.h"
#include "central/auth/activation.h"
#include "central/auth/printed_cards.h"
#include "central/auth/sign_in_calls.h"
#include "central/auth/sign_in_flow.h"
#include "central/services.h"
#include "tests/support/must.h"
#include "tests/support/webauthn_key.h"

#include <optional>
#include <string>

/// Accounts for tests, made by the real calls: an activation code is redeemed, then everything is set up.
/// Stops the test (value() of a failed result) when a step fails.
namespace portico::test {

/// One terminal's side of the calls; keeps its session as the server would.
class TestTerminal {
public:
    TestTerminal(central::Services& services, std::string id) : services_(services) {
        caller_.terminal = TerminalId(std::move(id));
        caller_.program = "kiosk";
    }

    central::Call call() { return central::Call{services_, caller_, {}, {}, {}, {}, {}, false, 0}; }
    central::Caller& caller() { return caller_; }
    /// The next calls carry this token, as far as the session table still knows it.
    Result<void> carry(api::SessionReply const& reply) {
        token = reply.token;
        return look_up();
    }
    Result<void> look_up() {
        caller_.session.reset();
        caller_.session = TRY(services_.sessions->session_by_token(caller_.terminal, Secret(token)));
        return ok();
    }
    void drop() { caller_.session.reset(); }

    api::ChallengeReply challenge(std::string const& purpose) {
        auto with = call();
        return must(central::sign_in_challenge(with, {purpose}));
    }

    api::SecurityKeySignIn assertion(WebauthnKey& key, api::ChallengeReply const& challenge,
                                     WebauthnKey::Twist const& twist = {}) {
        auto const answer =
            key.get(challenge.rp_id, challenge.origin, from_base64url(challenge.challenge).value(), twist);
        return {challenge.challenge_id,
                to_base64url(answer.credential_id),
                to_base64url(answer.authenticator_data),
                to_base64url(as_bytes(answer.client_data_json)),
                to_base64url(answer.signature),
                to_base64url(answer.user_handle)};
    }
    Result<api::SessionReply> sign_in(WebauthnKey& key, WebauthnKey::Twist const& twist = {}) {
        auto const request = assertion(key, challenge("security_key"), twist);
        auto with = call();
        return central::sign_in_security_key(with, request);
    }
    Result<api::SessionReply> sign_in_card(std::string const& number, std::optional<std::string> const& pin) {
        api::PrintedCardSignIn request;
        request.card_number = number;
        if (pin)
            request.pin = Secret(*pin);
        auto with = call();
        return central::sign_in_printed_card(with, request);
    }
    Result<api::SessionReply> sign_in_password(std::string const& username, std::string const& password) {
        auto with = call();
        return central::sign_in_password(with, {username, Secret(password)});
    }
    api::AddSecurityKey registration(WebauthnKey& key, api::ChallengeReply const& challenge,
                                     WebauthnKey::Twist const& twist = {}) {
        auto const answer =
            key.make(challenge.rp_id, challenge.origin, from_base64url(challenge.challenge).value(),
                     from_base64url(challenge.user_id).value(), twist);
        return {challenge.challenge_id, to_base64url(answer.credential_id),
                to_base64url(answer.attestation_object), to_base64url(as_bytes(answer.client_data_json)),
                "my key"};
    }
    Result<api::Empty> add_key(WebauthnKey& key, WebauthnKey::Twist const& twist = {}) {
        auto const request = registration(key, challenge("register_key"), twist);
        auto with = call();
        return central::add_security_key(with, request);
    }

    /// A staff member's key beside a member's card.
    Result<api::SessionReply> register_in_person(std::string const& card_number, WebauthnKey& staff,
                                                 KeyTwist const& twist = {}) {
        auto const answer = assertion(staff, challenge("staff_key"), twist);
        auto with = call();
        return central::register_in_person(with, {card_number, answer.challenge_id, answer.credential_id,
                                                  answer.authenticator_data, answer.client_data_json,
                                                  answer.signature, answer.user_handle});
    }

    std::string token;

private:
    central::Services& services_;
    central::Caller caller_;
};

inline constexpr char const* test_password = "seven quiet herons at dawn";
inline constexpr char const* test_pin = "482915";

/// What an account was given.
struct MemberAccount {
    std::string card_number;
    std::string username;
    WebauthnKey key;
};

/// The code that the letter of `account invite` carries.
inline Secret invite(central::Services& services, PatientId const& patient) {
    return must(services.store.write_value<Secret>([&](storage::Database& database) -> Result<Secret> {
        central::Accounts const accounts(services.vault, services.clock);
        auto account = TRY(accounts.of_patient(database, patient));
        if (!account)
            account = TRY(accounts.create_member(database, patient));
        return central::make_activation_code(database, services.vault, services.clock, account->id);
    }));
}

inline Secret invite_staff(central::Services& services, std::string const& name,
                           PatientId const& own_patient = {},
                           std::vector<StaffRole> const& roles = {StaffRole::ServiceCenter}) {
    return must(services.store.write_value<Secret>([&](storage::Database& database) -> Result<Secret> {
        central::Accounts const accounts(services.vault, services.clock);
        auto const account = TRY(accounts.create_staff(database, name, roles, own_patient));
        return central::make_activation_code(database, services.vault, services.clock, account.id);
    }));
}

inline void give_card(central::Services& services, PatientId const& patient, std::string const& number) {
    must(services.store.write([&](storage::Database& database) {
        return central::add_printed_card(database, services.vault, services.clock, patient, number);
    }));
}

inline Result<api::SessionReply> redeem(TestTerminal& terminal, Secret const& code,
                                        std::string const& birth_date) {
    auto with = terminal.call();
    auto reply = TRY(central::register_with_code(with, {code.clone(), birth_date}));
    TRY(terminal.carry(reply));
    return reply;
}

/// Everything a member can have, on `terminal`, which is left without a session.
inline MemberAccount open_account(central::Services& services, TestTerminal& terminal,
                                  PatientId const& patient, std::string const& birth_date,
                                  std::string const& card_number) {
    MemberAccount account;
    account.card_number = card_number;
    account.username = "user." + patient.text();
    give_card(services, patient, card_number);
    must(redeem(terminal, invite(services, patient), birth_date));
    auto with = terminal.call();
    must(central::set_password(with, {account.username, Secret(test_password)}));
    must(central::set_pin(with, {Secret(test_pin)}));
    must(terminal.add_key(account.key));
    must(central::sign_out(with, {}));
    terminal.drop();
    return account;
}

/// A staff member with a security key; `terminal` is left without a session.
inline WebauthnKey open_staff(central::Services& services, TestTerminal& terminal, std::string const& name,
                              PatientId const& own_patient = {},
                              std::vector<StaffRole> const& roles = {StaffRole::ServiceCenter}) {
    WebauthnKey key;
    must(redeem(terminal, invite_staff(services, name, own_patient, roles), ""));
    must(terminal.add_key(key));
    auto with = terminal.call();
    must(central::sign_out(with, {}));
    terminal.drop();
    return key;
}

} // namespace portico::test
