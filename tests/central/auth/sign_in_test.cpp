#include "tests/central/auth/auth_bench.h"
#include "tests/support/reason.h"

using namespace portico;
using namespace portico::central;
using namespace portico::test;

TEST_CASE("sign-in: a security key opens a session with two factors and names the member") {
    AuthBench bench;
    auto alex = bench.alex();
    auto kiosk = bench.terminal();
    auto const reply = must(kiosk.sign_in(alex.key));
    CHECK(reply.assurance == Assurance::TwoFactors);
    CHECK(reply.given_name == "Alex");
    CHECK(reply.member_id_end == "0001");
    CHECK(reply.language == "es");
    CHECK(reply.expires_in_s == 1200);
    CHECK_FALSE(reply.is_staff);
    CHECK(reply.step_up_ways.empty());
    must(kiosk.carry(reply));
    CHECK(kiosk.caller().session->patient == PatientId("patient-1"));
    CHECK(kiosk.caller().session->factors == std::vector<std::string>{"security_key"});
}

TEST_CASE("sign-in: a printed card alone identifies and tells nothing personal") {
    AuthBench bench;
    auto const alex = bench.alex();
    auto const reply = must(bench.terminal().sign_in_card("CARD-1001", {}));
    CHECK(reply.assurance == Assurance::Identified);
    CHECK(reply.given_name.empty());
    CHECK(reply.member_id_end.empty());
    CHECK(reply.language.empty());
    CHECK(reply.step_up_ways == std::vector<std::string>{"security_key", "pin"});
}

TEST_CASE("sign-in: a printed card with its PIN is one factor, and a key steps the same session up") {
    AuthBench bench;
    auto alex = bench.alex();
    auto kiosk = bench.terminal();
    auto const first = must(kiosk.sign_in_card("card 1001", test_pin));
    CHECK(first.assurance == Assurance::OneFactor);
    CHECK(first.given_name == "Alex");
    CHECK(first.step_up_ways == std::vector<std::string>{"security_key"});
    must(kiosk.carry(first));
    bench.clock.advance(std::chrono::minutes(5));
    auto const second = must(kiosk.sign_in(alex.key));
    CHECK(second.token == first.token);
    CHECK(second.assurance == Assurance::TwoFactors);
    CHECK(second.expires_in_s == 900);
    must(kiosk.look_up());
    CHECK(kiosk.caller().session->factors == std::vector<std::string>{"printed_card", "pin", "security_key"});
}

TEST_CASE("sign-in: a challenge is good for one answer only") {
    AuthBench bench;
    auto alex = bench.alex();
    auto kiosk = bench.terminal();
    auto const challenge = kiosk.challenge("security_key");
    auto const request = kiosk.assertion(alex.key, challenge);
    auto first = kiosk.call();
    CHECK(reason(sign_in_security_key(first, request)) == "accepted");
    auto again = kiosk.call();
    CHECK(reason(sign_in_security_key(again, request)) == "sign_in_refused");
    CHECK(again.audit_fields == std::vector<std::string>{"refused_by:challenge_unknown"});
}

TEST_CASE("sign-in: a challenge is spent by a wrong answer too") {
    AuthBench bench;
    auto alex = bench.alex();
    auto kiosk = bench.terminal();
    auto const challenge = kiosk.challenge("security_key");
    auto const wrong = kiosk.assertion(alex.key, challenge, {.break_signature = true});
    auto first = kiosk.call();
    CHECK(reason(sign_in_security_key(first, wrong)) == "sign_in_refused");
    CHECK(first.audit_fields == std::vector<std::string>{"refused_by:signature_wrong"});
    CHECK(first.audit_subject == "patient-1");
    auto second = kiosk.call();
    CHECK(reason(sign_in_security_key(second, kiosk.assertion(alex.key, challenge))) == "sign_in_refused");
}

TEST_CASE("sign-in: a challenge ends after 120 seconds, and when the clock went back") {
    AuthBench bench;
    auto alex = bench.alex();
    auto kiosk = bench.terminal();
    auto const answer_after = [&](std::chrono::microseconds wait) {
        auto const request = kiosk.assertion(alex.key, kiosk.challenge("security_key"));
        bench.clock.step_wall(wait);
        auto with = kiosk.call();
        static_cast<void>(sign_in_security_key(with, request));
        return with.audit_fields;
    };
    CHECK(answer_after(std::chrono::seconds(119)).empty());
    CHECK(answer_after(std::chrono::seconds(120)) == std::vector<std::string>{"refused_by:challenge_stale"});
    CHECK(answer_after(-std::chrono::seconds(60)) == std::vector<std::string>{"refused_by:challenge_stale"});
}

TEST_CASE(
    "sign-in: a challenge of another terminal, purpose or session is none, and stays good for its own") {
    AuthBench bench;
    auto alex = bench.alex();
    auto kiosk = bench.terminal();
    auto other = bench.terminal("kiosk-2");
    auto const challenge = kiosk.challenge("security_key");
    auto const request = kiosk.assertion(alex.key, challenge);
    auto with_other = other.call();
    CHECK(reason(sign_in_security_key(with_other, request)) == "sign_in_refused");
    must(kiosk.carry(must(kiosk.sign_in_card("CARD-1001", {}))));
    auto with_session = kiosk.call();
    CHECK(reason(sign_in_security_key(with_session, request)) == "sign_in_refused");
    kiosk.drop();
    auto wrong_purpose = kiosk.assertion(alex.key, kiosk.challenge("staff_key"));
    auto with_purpose = kiosk.call();
    CHECK(reason(sign_in_security_key(with_purpose, wrong_purpose)) == "sign_in_refused");
    auto own = kiosk.call();
    CHECK(reason(sign_in_security_key(own, request)) == "accepted");
}

TEST_CASE("sign-in: an unknown key and a wrong answer get the same reply") {
    AuthBench bench;
    auto alex = bench.alex();
    auto kiosk = bench.terminal();
    WebauthnKey stranger;
    stranger.user_handle = Bytes(32, 1);
    auto const unknown = kiosk.sign_in(stranger);
    auto const wrong = kiosk.sign_in(alex.key, {.break_signature = true});
    auto const other_plan = kiosk.sign_in(alex.key, {.rp_id = "other.example.org"});
    REQUIRE(unknown.has_error());
    REQUIRE(wrong.has_error());
    REQUIRE(other_plan.has_error());
    CHECK(unknown.error() == wrong.error());
    CHECK(unknown.error() == other_plan.error());
}

TEST_CASE("sign-in: of two answers with one counter value only one counts") {
    AuthBench bench;
    auto alex = bench.alex();
    auto kiosk = bench.terminal();
    CHECK(reason(kiosk.sign_in(alex.key)) == "accepted");
    auto const clone_count = alex.key.count;
    CHECK(reason(kiosk.sign_in(alex.key)) == "accepted");
    alex.key.count = clone_count;
    CHECK(reason(kiosk.sign_in(alex.key)) == "sign_in_refused");
}

TEST_CASE("sign-in: a key of somebody else cannot step a session up") {
    AuthBench bench;
    auto const alex = bench.alex();
    auto robin = bench.robin();
    auto kiosk = bench.terminal();
    must(kiosk.carry(must(kiosk.sign_in_card("CARD-1001", test_pin))));
    CHECK(reason(kiosk.sign_in(robin.key)) == "other_account");
    CHECK(reason(kiosk.sign_in_card("CARD-1002", test_pin)) == "other_account");
    CHECK(reason(kiosk.sign_in_card("CARD-1002", {})) == "other_account");
    must(kiosk.look_up());
    CHECK(kiosk.caller().session->assurance == Assurance::OneFactor);
    CHECK(kiosk.caller().session->patient == PatientId("patient-1"));
}

TEST_CASE("sign-in: an unknown name, a wrong password, a locked and a disabled account get one reply, and "
          "each costs one hash") {
    AuthBench bench;
    auto const alex = bench.alex();
    auto kiosk = bench.terminal();
    auto const right = kiosk.sign_in_password(alex.username, test_password);
    REQUIRE(right.has_value());
    CHECK(right.value().assurance == Assurance::OneFactor);
    auto const& hasher = bench.sign_in->hasher();
    auto const count = [&] { return hasher.evaluations() + hasher.spent(); };
    auto const before = count();
    auto const wrong = kiosk.sign_in_password(alex.username, "not the right words");
    auto const unknown = kiosk.sign_in_password("nobody.here", "not the right words");
    auto const other_case = kiosk.sign_in_password("User.patient-1", test_password);
    CHECK(count() == before + 3);
    REQUIRE(wrong.has_error());
    CHECK(wrong.error() == unknown.error());
    CHECK(wrong.error() == other_case.error());
    for (int i = 0; i < 5; ++i)
        CHECK(kiosk.sign_in_password(alex.username, "not the right words").error() == wrong.error());
    CHECK(kiosk.sign_in_password(alex.username, test_password).error() == wrong.error());
    CHECK(count() == before + 9);
}

TEST_CASE("sign-in: a printed card nobody has is answered like a wrong PIN, through the wait and the lock") {
    AuthBench bench;
    auto const alex = bench.alex();
    auto kiosk = bench.terminal();
    for (int failure = 1; failure <= 10; ++failure) {
        auto known = kiosk.sign_in_card("CARD-1001", "000111").error();
        auto unknown = kiosk.sign_in_card("CARD-9999", "000111").error();
        CHECK(known.ticket.size() == unknown.ticket.size());
        known.ticket.clear();
        unknown.ticket.clear();
        CHECK(known == unknown);
        CHECK(known.reason == (failure < 5 ? "sign_in_refused" : "account_locked"));
        CHECK(known.retry_after_s == (failure < 5 || failure == 10 ? 0 : 30LL << (failure - 5)));
        if (failure < 5)
            CHECK(known.tries_left == 5 - failure);
        bench.clock.advance(std::chrono::seconds(known.retry_after_s + 1));
        bench.clock.advance(std::chrono::minutes(1));
    }
    CHECK(kiosk.sign_in_card("CARD-1001", test_pin).error().reason == "account_locked");
    CHECK(bench.sign_in->hasher().evaluations() == 10);
    CHECK(bench.sign_in->hasher().spent() == 10);
}

TEST_CASE("sign-in: a card whose member set no PIN is answered like a wrong PIN") {
    AuthBench bench;
    give_card(bench.services, PatientId("patient-2"), "CARD-2002");
    auto kiosk = bench.terminal();
    CHECK(kiosk.sign_in_card("CARD-2002", test_pin).error() ==
          kiosk.sign_in_card("CARD-9999", test_pin).error());
}

TEST_CASE("sign-in: a name that is no text, or a megabyte of password, is refused without a hash") {
    AuthBench bench;
    auto kiosk = bench.terminal();
    CHECK(reason(kiosk.sign_in_password(std::string(1'000'000, 'x'), "y")) == "sign_in_refused");
    CHECK(reason(kiosk.sign_in_password("x", std::string(1'000'000, 'y'))) == "sign_in_refused");
    CHECK(reason(kiosk.sign_in_password(std::string("a\0b\xFF", 4), "y")) == "sign_in_refused");
    CHECK(reason(kiosk.sign_in_card(std::string(10'000, '1'), test_pin)) == "sign_in_refused");
    CHECK(reason(kiosk.sign_in_card(std::string(10'000, '1'), {})) == "sign_in_refused");
    CHECK(bench.sign_in->hasher().evaluations() == 0);
}

TEST_CASE("sign-in: a terminal that only guesses is told to wait") {
    AuthBench bench;
    auto kiosk = bench.terminal();
    for (int i = 0; i < 30; ++i)
        CHECK(reason(kiosk.sign_in_card("CARD-" + std::to_string(i), {})) == "sign_in_refused");
    auto const busy = kiosk.sign_in_card("CARD-31", {}).error();
    CHECK(busy.kind == ErrorKind::TooMany);
    CHECK(busy.reason == "sign_in_busy");
    CHECK(busy.retry_after_s > 0);
    CHECK(reason(bench.terminal("kiosk-2").sign_in_card("CARD-31", {})) == "sign_in_refused");
    bench.clock.advance(std::chrono::seconds(61));
    CHECK(reason(kiosk.sign_in_card("CARD-31", {})) == "sign_in_refused");
}

TEST_CASE(
    "sign-in: no more than nine hashes are under way, the tenth is told to come back and is not counted") {
    AuthBench bench;
    auto const alex = bench.alex();
    std::vector<PasswordHasher::Place> taken;
    for (int i = 0; i < 9; ++i)
        taken.push_back(must(bench.sign_in->hasher().take_place()));
    auto kiosk = bench.terminal();
    CHECK(reason(kiosk.sign_in_card("CARD-1001", "000111")) == "sign_in_busy");
    taken.pop_back();
    CHECK(kiosk.sign_in_card("CARD-1001", "000111").error().tries_left == 4);
}
