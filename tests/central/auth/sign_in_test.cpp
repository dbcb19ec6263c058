#include "tests/central/auth/auth_bench.h"

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
