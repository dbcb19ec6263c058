#include "central/auth/account_desk.h"
#include "central/auth/totp.h"
#include "tests/central/auth/auth_bench.h"
#include "tests/support/reason.h"

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

Result<api::SessionReply> type_code(TestTerminal& kiosk, std::string const& code,
                                    std::string const& birth_date) {
    auto with = kiosk.call();
    return register_with_code(with, {Secret(code), birth_date});
}

std::string text(Secret const& code) {
    return std::string(code.reveal());
}

} // namespace

TEST_CASE("registration: a code and the birth date open a session that can only register") {
    AuthBench bench;
    auto kiosk = bench.terminal();
    auto const code = invite(bench.services, PatientId("patient-1"));
    auto const reply = must(type_code(kiosk, text(code), "1980-02-03"));
    CHECK(reply.assurance == Assurance::Identified);
    CHECK(reply.given_name.empty());
    must(kiosk.carry(reply));
    CHECK(kiosk.caller().session->may_only_register);
    WebauthnKey key;
    CHECK(reason(kiosk.add_key(key)) == "accepted");
    CHECK(bench.told == std::vector<std::string>{"patient-1 account_opened", "patient-1 security_key_added"});
    // What may only register cannot become a session that reads.
    CHECK(reason(kiosk.sign_in(key)) == "registration_session");
    kiosk.drop();
    CHECK(must(kiosk.sign_in(key)).assurance == Assurance::TwoFactors);
}

TEST_CASE("registration: a code is read as people type it") {
    AuthBench bench;
    auto kiosk = bench.terminal();
    auto code = text(invite(bench.services, PatientId("patient-1")));
    for (auto& c : code)
        c = c == '0' ? 'o' : c == '1' ? 'l' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    CHECK(reason(type_code(kiosk, code.substr(0, 4) + "-" + code.substr(4, 4) + " " + code.substr(8),
                           "1980-02-03")) == "accepted");
}

TEST_CASE("registration: unknown, spent, expired, wrong birth date and somebody else's get one reply") {
    AuthBench bench;
    auto kiosk = bench.terminal();
    auto const code = text(invite(bench.services, PatientId("patient-1")));
    auto const unknown = type_code(kiosk, "ABCD-EFGH-JKMN-PQRS", "1980-02-03").error();
    CHECK(unknown.reason == "activation_refused");
    CHECK(type_code(kiosk, code, "1980-02-04").error() == unknown);
    CHECK(type_code(kiosk, code, "").error() == unknown);
    CHECK(type_code(kiosk, code, "1980").error() == unknown);
    bench.clock.advance(std::chrono::hours(24 * 30));
    CHECK(type_code(kiosk, code, "1980-02-03").error() == unknown);
    auto const alex = bench.alex();
    auto const spent = text(invite(bench.services, PatientId("patient-1")));
    CHECK(type_code(kiosk, spent, "1980-02-03").error() == unknown);
}

TEST_CASE(
    "registration: a code is spent by the first way to sign in, until then a visit cut short begins again") {
    AuthBench bench;
    auto kiosk = bench.terminal();
    auto const code = text(invite(bench.services, PatientId("patient-1")));
    auto const first = must(type_code(kiosk, code, "1980-02-03"));
    auto const second = must(type_code(kiosk, code, "1980-02-03"));
    CHECK(reason(bench.sessions.session_by_token(TerminalId("kiosk-1"), Secret(first.token))) ==
          "session_ended");
    must(kiosk.carry(second));
    auto with = kiosk.call();
    must(set_pin(with, {Secret(test_pin)}));
    kiosk.drop();
    CHECK(reason(type_code(kiosk, code, "1980-02-03")) == "activation_refused");
}

TEST_CASE(
    "registration: five tries at the birth date end a code, and a terminal may try ten codes a minute") {
    AuthBench bench;
    auto kiosk = bench.terminal();
    auto const code = text(invite(bench.services, PatientId("patient-1")));
    for (int i = 0; i < 5; ++i)
        CHECK(reason(type_code(kiosk, code, "1999-09-09")) == "activation_refused");
    CHECK(reason(type_code(kiosk, code, "1980-02-03")) == "activation_refused");
    for (int i = 0; i < 4; ++i)
        CHECK(reason(type_code(kiosk, "AAAA", "1999-09-09")) == "activation_refused");
    CHECK(reason(type_code(kiosk, "AAAA", "1999-09-09")) == "sign_in_busy");
}

TEST_CASE("registration: a later invitation ends the earlier code, an open account gets none") {
    AuthBench bench;
    auto kiosk = bench.terminal();
    AccountDesk desk(*bench.sign_in);
    auto const first = must(desk.invite(PatientId("patient-1")));
    auto const second = must(desk.invite(PatientId("patient-1")));
    CHECK(reason(type_code(kiosk, text(first.code), "1980-02-03")) == "activation_refused");
    CHECK(reason(type_code(kiosk, text(second.code), "1980-02-03")) == "accepted");
    auto const robin = bench.robin();
    CHECK(reason(desk.invite(PatientId("patient-2"))) == "account_open");
    CHECK(reason(desk.invite(PatientId("patient-77"))) == "member_not_found");
}

TEST_CASE("registration: a member's card and a staff member's key open a session in person") {
    AuthBench bench;
    auto kiosk = bench.terminal();
    auto staff = open_staff(bench.services, kiosk, "Sam Desk");
    give_card(bench.services, PatientId("patient-1"), "CARD-1001");
    auto const reply = must(kiosk.register_in_person("CARD-1001", staff));
    CHECK(reply.assurance == Assurance::InPersonWithStaff);
    CHECK(reply.given_name == "Alex");
    CHECK_FALSE(reply.is_staff);
    must(kiosk.carry(reply));
    CHECK(kiosk.caller().session->may_only_register);
    CHECK(kiosk.caller().session->patient == PatientId("patient-1"));
    WebauthnKey key;
    CHECK(reason(kiosk.add_key(key)) == "accepted");
}

TEST_CASE(
    "registration: only staff confirm, never themselves, on their own terminal, with an enabled account") {
    AuthBench bench;
    auto kiosk = bench.terminal();
    auto alex = bench.alex();
    auto staff = open_staff(bench.services, kiosk, "Sam Desk", PatientId("patient-1"));
    give_card(bench.services, PatientId("patient-2"), "CARD-1002");
    CHECK(reason(kiosk.register_in_person("CARD-1002", alex.key)) == "sign_in_refused");
    CHECK(reason(kiosk.register_in_person("CARD-1001", staff)) == "own_account");
    CHECK(reason(kiosk.register_in_person("CARD-7777", staff)) == "sign_in_refused");
    CHECK(reason(kiosk.register_in_person("CARD-1002", staff, {.clear_flags = 0x04})) == "sign_in_refused");
    auto const answer = kiosk.assertion(staff, kiosk.challenge("staff_key"));
    auto elsewhere = bench.terminal("kiosk-2");
    auto with = elsewhere.call();
    CHECK(reason(central::register_in_person(
              with, {"CARD-1002", answer.challenge_id, answer.credential_id, answer.authenticator_data,
                     answer.client_data_json, answer.signature, answer.user_handle})) == "sign_in_refused");
    CHECK(reason(kiosk.register_in_person("CARD-1002", staff)) == "accepted");
    AccountDesk desk(*bench.sign_in);
    for (auto const& entry : must(desk.list()))
        if (!entry.account.staff.empty())
            must(desk.disable(entry.account));
    CHECK(reason(kiosk.register_in_person("CARD-1002", staff)) == "sign_in_refused");
}

TEST_CASE("registration: staff sign in with security keys only, for twelve hours") {
    AuthBench bench;
    auto kiosk = bench.terminal();
    auto staff = open_staff(bench.services, kiosk, "Sam Desk");
    CHECK(reason(kiosk.sign_in(staff)) == "staff_key"); // a technician's alone opens something among members
    auto desk = bench.terminal("desk-1");
    desk.caller().program = "agent";
    auto const reply = must(desk.sign_in(staff));
    CHECK(reply.is_staff);
    CHECK(reply.given_name == "Sam Desk");
    CHECK(reply.expires_in_s == 12 * 3600);
    must(desk.carry(reply));
    CHECK(desk.caller().session->patient.empty());
    auto with = desk.call();
    CHECK(reason(set_pin(with, {Secret(test_pin)})) == "staff_keys_only");
    CHECK(reason(set_password(with, {"sam.desk", Secret(test_password)})) == "staff_keys_only");
    WebauthnKey second;
    CHECK(reason(desk.add_key(second)) == "accepted");
}

TEST_CASE("registration: without two factors, a code or staff, nothing about signing in changes") {
    AuthBench bench;
    auto const alex = bench.alex();
    auto kiosk = bench.terminal();
    auto const nobody = [&](std::string const& expected) {
        auto with = kiosk.call();
        CHECK(reason(set_pin(with, {Secret("739104")})) == expected);
        CHECK(reason(set_password(with, {"alex.two", Secret(test_password)})) == expected);
        CHECK(reason(begin_totp(with, {})) == expected);
        CHECK(reason(confirm_totp(with, {Secret("123456")})) == expected);
        CHECK(reason(add_security_key(with, {})) == expected);
        CHECK(reason(add_chip_card(with, {})) == expected);
        CHECK(reason(remove_credential(with, {"pin"})) == expected);
        CHECK(reason(list_credentials(with, {})) == expected);
        CHECK(reason(sign_in_challenge(with, {"register_key"})) == expected);
    };
    nobody("session_needed");
    must(kiosk.carry(must(kiosk.sign_in_card("CARD-1001", test_pin))));
    nobody("step_up_needed");
}

TEST_CASE("registration: what is weak, taken or no name is refused with its reason") {
    AuthBench bench;
    auto const alex = bench.alex();
    auto kiosk = bench.terminal();
    must(redeem(kiosk, invite(bench.services, PatientId("patient-2")), "1975-11-30"));
    auto with = kiosk.call();
    CHECK(reason(set_password(with, {alex.username, Secret(test_password)})) == "username_taken");
    CHECK(reason(set_password(with, {"a b", Secret(test_password)})) == "username_invalid");
    CHECK(reason(set_password(with, {"robin", Secret("fourteen chars")})) == "password_short");
    CHECK(reason(set_password(with, {"robin", Secret("passwordpassword")})) == "password_common");
    CHECK(reason(set_password(with, {"robin", Secret("Correct Horse Battery Staple 1")})) ==
          "password_common");
    CHECK(reason(set_password(with, {"robin", Secret("my Sample Health Plan words")})) ==
          "password_has_plan_name");
    CHECK(reason(set_pin(with, {Secret("123456")})) == "pin_weak");
    CHECK(reason(set_pin(with, {Secret("751130")})) == "pin_weak");
    CHECK(reason(set_pin(with, {Secret("48291")})) == "pin_short");
    CHECK(reason(set_password(with, {"robin", Secret(test_password)})) == "accepted");
    CHECK(reason(set_pin(with, {Secret(test_pin)})) == "accepted");
}

TEST_CASE(
    "registration: a key's name holds neither control characters nor what turns the direction of writing") {
    AuthBench bench;
    auto kiosk = bench.terminal();
    must(redeem(kiosk, invite(bench.services, PatientId("patient-2")), "1975-11-30"));
    WebauthnKey key;
    auto request = kiosk.registration(key, kiosk.challenge("register_key"));
    auto with = kiosk.call();
    for (auto const* label : {"my\nkey", "my\u0085key", "my \u202Eyek", "my \u2066key", "my\xFFkey"}) {
        request.label = label;
        CHECK(reason(add_security_key(with, request)) == "label_invalid");
    }
    request.label = std::string(129, 'k');
    CHECK(reason(add_security_key(with, request)) == "label_invalid");
    request.label = "\u05D4\u05DE\u05E4\u05EA\u05D7 \u05E9\u05DC\u05D9"; // right to left by itself
    CHECK(reason(add_security_key(with, request)) == "accepted");
    CHECK(must(list_credentials(with, {})).credentials[0].label == request.label);
}

TEST_CASE("registration: a refused key leaves nothing behind, and no key is registered twice by anyone") {
    AuthBench bench;
    auto alex = bench.alex();
    auto kiosk = bench.terminal();
    must(redeem(kiosk, invite(bench.services, PatientId("patient-2")), "1975-11-30"));
    WebauthnKey key;
    CHECK(reason(kiosk.add_key(key, {.clear_flags = 0x04})) == "key_refused");
    CHECK(reason(kiosk.add_key(key, {.origin = "https://other.example.org"})) == "key_refused");
    CHECK(reason(kiosk.add_key(alex.key)) == "key_registered_already");
    auto const request = kiosk.registration(key, kiosk.challenge("register_key"));
    auto with = kiosk.call();
    CHECK(reason(add_security_key(with, request)) == "accepted");
    CHECK(reason(add_security_key(with, request)) == "key_refused"); // the challenge is spent
    auto const list = must(list_credentials(with, {}));
    CHECK(list.credentials.size() == 1);
    CHECK(list.credentials[0].label == "my key");
    CHECK(list.credentials[0].added_on == "2026-09-21");
    CHECK(kiosk.challenge("register_key").credential_ids ==
          std::vector<std::string>{to_base64url(key.credential_id)});
}

TEST_CASE("registration: a lost key is removed, the last way to sign in is not, every address is told") {
    AuthBench bench;
    auto alex = bench.alex();
    auto kiosk = bench.terminal();
    must(kiosk.carry(must(kiosk.sign_in(alex.key))));
    WebauthnKey second;
    CHECK(reason(kiosk.add_key(second)) == "accepted");
    auto with = kiosk.call();
    auto const remove = [&](std::string const& id) { return reason(remove_credential(with, {id})); };
    auto const list = must(list_credentials(with, {}));
    CHECK(list.username == alex.username);
    bench.told.clear();
    std::string last_key;
    for (auto const& credential : list.credentials)
        if (credential.kind == "security_key")
            last_key = credential.id;
    CHECK(remove(last_key) == "accepted");
    CHECK(bench.told == std::vector<std::string>{"patient-1 credential_removed"});
    CHECK(reason(bench.terminal("kiosk-2").sign_in(second)) == "sign_in_refused");
    CHECK(remove("password") == "accepted");
    CHECK(remove("no such id") == "credential_not_found");
    CHECK(remove("pin") == "accepted");
    for (auto const& credential : must(list_credentials(with, {})).credentials)
        if (credential.kind == "security_key")
            CHECK(remove(credential.id) == "last_credential");
    CHECK(must(list_credentials(with, {})).username.empty());
}

TEST_CASE("registration: nobody removes somebody else's credential") {
    AuthBench bench;
    auto alex = bench.alex();
    auto robin = bench.robin();
    auto kiosk = bench.terminal();
    must(kiosk.carry(must(kiosk.sign_in(alex.key))));
    auto with = kiosk.call();
    std::vector<std::string> ids;
    for (auto const& credential : must(list_credentials(with, {})).credentials)
        ids.push_back(credential.id);
    kiosk.drop();
    must(kiosk.carry(must(kiosk.sign_in(robin.key))));
    auto other = kiosk.call();
    for (auto const& id : ids)
        if (id.size() == 36)
            CHECK(reason(remove_credential(other, {id})) == "credential_not_found");
    kiosk.drop();
    CHECK(kiosk.sign_in(alex.key).has_value());
    CHECK(kiosk.sign_in_card("CARD-1001", test_pin).has_value());
}

TEST_CASE("registration: a removed printed card no longer names anyone") {
    AuthBench bench;
    auto alex = bench.alex();
    auto kiosk = bench.terminal();
    must(kiosk.carry(must(kiosk.sign_in(alex.key))));
    auto with = kiosk.call();
    for (auto const& credential : must(list_credentials(with, {})).credentials)
        if (credential.kind == "printed_card")
            CHECK(reason(remove_credential(with, {credential.id})) == "accepted");
    kiosk.drop();
    CHECK(reason(kiosk.sign_in_card("CARD-1001", {})) == "sign_in_refused");
}

TEST_CASE("registration: changing the password ends the account's other sessions") {
    AuthBench bench;
    auto alex = bench.alex();
    auto kiosk = bench.terminal();
    auto other = bench.terminal("kiosk-2");
    Secret const elsewhere(must(other.sign_in(alex.key)).token);
    must(kiosk.carry(must(kiosk.sign_in(alex.key))));
    auto with = kiosk.call();
    must(set_password(with, {"alex.new", Secret("eleven brown rivers run")}));
    CHECK(reason(bench.sessions.session_by_token(TerminalId("kiosk-2"), elsewhere)) == "session_ended");
    CHECK(kiosk.look_up().has_value());
    kiosk.drop();
    CHECK(kiosk.sign_in_password(alex.username, test_password).has_error());
    CHECK(kiosk.sign_in_password("alex.new", "eleven brown rivers run").has_value());
}
