#include "central/auth/totp.h"
#include "tests/central/auth/auth_bench.h"

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

std::string text(Secret const& secret) {
    return std::string(secret.reveal());
}

/// The member's app.
struct App {
    Secret secret;
    ManualClock& clock;
    Secret code(std::int64_t steps = 0) const {
        return totp_code(secret, to_micros(clock.now()) / 30'000'000 + steps);
    }
};

App add_app(AuthBench& bench, TestTerminal& kiosk) {
    auto with = kiosk.call();
    auto const begun = must(begin_totp(with, {}));
    auto const bytes = from_base32(begun.secret_base32.reveal()).value();
    App app{Secret(as_text(bytes)), bench.clock};
    must(confirm_totp(with, {app.code()}));
    return app;
}

std::string step_up(TestTerminal& kiosk, Secret const& code) {
    auto with = kiosk.call();
    auto const outcome = sign_in_totp(with, {code.clone()});
    return outcome.has_error() ? outcome.error().reason : name(outcome.value().assurance);
}

} // namespace

TEST_CASE("totp: the codes of RFC 6238, appendix B, in six digits") {
    Secret const secret("12345678901234567890");
    CHECK(text(totp_code(secret, 59 / 30)) == "287082");
    CHECK(text(totp_code(secret, 1111111109 / 30)) == "081804");
    CHECK(text(totp_code(secret, 1111111111 / 30)) == "050471");
    CHECK(text(totp_code(secret, 1234567890 / 30)) == "005924");
    CHECK(text(totp_code(secret, 2000000000 / 30)) == "279037");
    CHECK(text(totp_code(secret, 20000000000 / 30)) == "353130");
}

TEST_CASE("totp: a code counts in its own step and one either side, no further") {
    Secret const secret("12345678901234567890");
    auto const now = from_micros(1'790'000'010'000'000);
    auto const present = to_micros(now) / 30'000'000;
    for (std::int64_t off = -3; off <= 3; ++off)
        CHECK(totp_match(secret, totp_code(secret, present + off), now, 0).has_value() ==
              (off >= -1 && off <= 1));
    CHECK_FALSE(totp_match(secret, Secret(""), now, 0).has_value());
    CHECK_FALSE(totp_match(secret, Secret("0"), now, 0).has_value());
}

TEST_CASE("totp: a password and a code are two factors, and a code is good once") {
    AuthBench bench;
    auto alex = bench.alex();
    auto kiosk = bench.terminal();
    must(kiosk.carry(must(kiosk.sign_in(alex.key))));
    auto const app = add_app(bench, kiosk);
    kiosk.drop();
    bench.clock.advance(std::chrono::seconds(60));
    auto const first = must(kiosk.sign_in_password(alex.username, test_password));
    CHECK(first.step_up_ways == std::vector<std::string>{"security_key", "totp"});
    must(kiosk.carry(first));
    CHECK(step_up(kiosk, app.code()) == "two_factors");
    must(kiosk.look_up());
    CHECK(kiosk.caller().session->assurance == Assurance::TwoFactors);

    SECTION("the same code again, on another session, is refused, and so is an earlier one") {
        auto other = bench.terminal("kiosk-2");
        must(other.carry(must(other.sign_in_password(alex.username, test_password))));
        CHECK(step_up(other, app.code()) == "sign_in_refused");
        CHECK(step_up(other, app.code(-1)) == "sign_in_refused");
        CHECK(step_up(other, app.code(1)) == "two_factors");
    }
    SECTION("a clock that goes back does not make a used code good again") {
        auto const code = app.code();
        bench.clock.step_wall(-std::chrono::seconds(20));
        auto other = bench.terminal("kiosk-2");
        must(other.carry(must(other.sign_in_password(alex.username, test_password))));
        CHECK(step_up(other, code) == "sign_in_refused");
    }
}

TEST_CASE("totp: wrong codes count with all other guesses, and the right password does not clear them") {
    AuthBench bench;
    auto alex = bench.alex();
    auto kiosk = bench.terminal();
    must(kiosk.carry(must(kiosk.sign_in(alex.key))));
    auto const app = add_app(bench, kiosk);
    kiosk.drop();
    bench.clock.advance(std::chrono::seconds(60));
    for (int i = 0; i < 4; ++i) {
        kiosk.drop();
        must(kiosk.carry(must(kiosk.sign_in_password(alex.username, test_password))));
        CHECK(step_up(kiosk, app.code(5)) == "sign_in_refused");
    }
    kiosk.drop();
    must(kiosk.carry(must(kiosk.sign_in_password(alex.username, test_password))));
    CHECK(step_up(kiosk, app.code(5)) == "sign_in_refused");
    CHECK(step_up(kiosk, app.code()) == "account_locked");
    bench.clock.advance(std::chrono::seconds(31));
    CHECK(step_up(kiosk, app.code()) == "two_factors");
}

TEST_CASE("totp: a code without a password is nothing, and without two factors none is set up") {
    AuthBench bench;
    auto alex = bench.alex();
    auto kiosk = bench.terminal();
    CHECK(step_up(kiosk, Secret("123456")) == "session_needed");
    must(kiosk.carry(must(kiosk.sign_in(alex.key))));
    auto const app = add_app(bench, kiosk);
    kiosk.drop();
    bench.clock.advance(std::chrono::seconds(60));
    auto const card = must(kiosk.sign_in_card("CARD-1001", test_pin));
    CHECK(card.step_up_ways == std::vector<std::string>{"security_key"});
    must(kiosk.carry(card));
    CHECK(step_up(kiosk, app.code()) == "one_factor");
}

TEST_CASE("totp: setting up ends with a right code within ten minutes") {
    AuthBench bench;
    auto alex = bench.alex();
    auto kiosk = bench.terminal();
    must(kiosk.carry(must(kiosk.sign_in(alex.key))));
    auto with = kiosk.call();
    CHECK(confirm_totp(with, {Secret("123456")}).error().reason == "totp_not_begun");
    auto const begun = must(begin_totp(with, {}));
    CHECK(text(begun.uri) ==
          "otpauth://totp/Sample%20Health%20Plan:user.patient-1?secret=" + text(begun.secret_base32) +
              "&issuer=Sample%20Health%20Plan&algorithm=SHA1&digits=6&period=30");
    auto const bytes = from_base32(begun.secret_base32.reveal()).value();
    CHECK(bytes.size() == 20);
    App const app{Secret(as_text(bytes)), bench.clock};
    CHECK(confirm_totp(with, {app.code(7)}).error().reason == "totp_code_wrong");
    bench.clock.advance(std::chrono::minutes(11));
    CHECK(confirm_totp(with, {app.code()}).error().reason == "totp_not_begun");
}
