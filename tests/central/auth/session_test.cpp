#include "central/auth/account_desk.h"
#include "tests/central/auth/auth_bench.h"

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

std::string reason_of(Result<Session> const& session) {
    return session.has_error() ? session.error().reason : "accepted";
}

} // namespace

TEST_CASE("session: a token is good on its own terminal only") {
    AuthBench bench;
    auto alex = bench.alex();
    auto const reply = must(bench.terminal("kiosk-1").sign_in(alex.key));
    Secret const token(reply.token);
    CHECK(reason_of(bench.sessions.session_by_token(TerminalId("kiosk-1"), token)) == "accepted");
    CHECK(reason_of(bench.sessions.session_by_token(TerminalId("kiosk-2"), token)) == "session_unknown");
    auto changed = reply.token;
    changed[0] = changed[0] == 'A' ? 'B' : 'A';
    CHECK(reason_of(bench.sessions.session_by_token(TerminalId("kiosk-1"), Secret(changed))) ==
          "session_unknown");
    CHECK(reason_of(bench.sessions.session_by_token(TerminalId("kiosk-1"), Secret())) == "session_unknown");
}

TEST_CASE("session: a member's session ends after 20 minutes, a clock that goes back does not stretch it") {
    AuthBench bench;
    auto alex = bench.alex();
    Secret const token(must(bench.terminal().sign_in(alex.key)).token);
    auto const look = [&] {
        return reason_of(bench.sessions.session_by_token(TerminalId("kiosk-1"), token));
    };
    bench.clock.advance(std::chrono::seconds(1199));
    CHECK(look() == "accepted");
    bench.clock.advance(std::chrono::seconds(1));
    CHECK(look() == "session_ended");
    bench.clock.step_wall(-std::chrono::minutes(26));
    CHECK(look() == "session_ended");
}

TEST_CASE("session: signing out ends it at once and for every node") {
    AuthBench bench;
    auto alex = bench.alex();
    auto kiosk = bench.terminal();
    must(kiosk.carry(must(kiosk.sign_in(alex.key))));
    auto with = kiosk.call();
    must(sign_out(with, {}));
    SessionTable const other_node(*bench.store, bench.vault, bench.clock);
    CHECK(reason_of(other_node.session_by_token(TerminalId("kiosk-1"), Secret(kiosk.token))) ==
          "session_ended");
}

TEST_CASE("session: the store holds no token") {
    AuthBench bench;
    auto alex = bench.alex();
    auto const reply = must(bench.terminal().sign_in(alex.key));
    auto const found = bench.store->read<std::int64_t>([&](storage::Database& db) -> Result<std::int64_t> {
        auto query = TRY(db.prepare("SELECT count(*) FROM auth_session WHERE token_hash = $1 OR salt = $1"));
        query.bind(1, from_base64url(reply.token).value());
        TRY(query.step());
        return query.integer(0);
    });
    CHECK(must(found) == 0);
}

TEST_CASE("session: a revoked terminal's and a disabled account's sessions end") {
    AuthBench bench;
    auto alex = bench.alex();
    auto robin = bench.robin();
    auto one = bench.terminal("kiosk-1");
    auto two = bench.terminal("kiosk-2");
    Secret const first(must(one.sign_in(alex.key)).token);
    Secret const second(must(two.sign_in(robin.key)).token);
    CHECK(must(bench.sessions.end_all_of_terminal(TerminalId("kiosk-1"))) == 1);
    CHECK(reason_of(bench.sessions.session_by_token(TerminalId("kiosk-1"), first)) == "session_ended");
    CHECK(reason_of(bench.sessions.session_by_token(TerminalId("kiosk-2"), second)) == "accepted");
    AccountDesk desk(*bench.sign_in);
    must(desk.disable(must(desk.find("patient-2"))));
    CHECK(bench.ended == std::vector<std::string>{"kiosk-2"});
    CHECK(reason_of(bench.sessions.session_by_token(TerminalId("kiosk-2"), second)) == "session_ended");
    CHECK(two.sign_in(robin.key).error().reason == "sign_in_refused");
    CHECK(two.sign_in_card("CARD-1002", test_pin).error().reason == "sign_in_refused");
    CHECK(two.sign_in_card("CARD-1002", {}).error().reason == "sign_in_refused");
    must(desk.enable(must(desk.find("patient-2"))));
    CHECK(two.sign_in(robin.key).has_value());
}

TEST_CASE("session: an operation's session says how sure we were when it was captured") {
    AuthBench bench;
    auto alex = bench.alex();
    auto kiosk = bench.terminal();
    must(kiosk.carry(must(kiosk.sign_in_card("CARD-1001", test_pin))));
    auto const start = bench.clock.now();
    bench.clock.advance(std::chrono::minutes(10));
    must(kiosk.sign_in(alex.key));
    Secret const token(kiosk.token);
    TerminalId const here("kiosk-1");
    auto const facts = [&](UtcTime at) {
        return bench.sessions.session_facts_for_operation(here, token, at);
    };
    CHECK(must(facts(start + std::chrono::minutes(1))).assurance == Assurance::OneFactor);
    CHECK(must(facts(start + std::chrono::minutes(11))).assurance == Assurance::TwoFactors);
    CHECK(must(facts(start + std::chrono::minutes(11))).patient == PatientId("patient-1"));

    SECTION("also after its end, for 60 days, on its own terminal") {
        bench.clock.advance(std::chrono::hours(24 * 59));
        CHECK(must(facts(start + std::chrono::minutes(11))).assurance == Assurance::TwoFactors);
        CHECK(reason_of(bench.sessions.session_facts_for_operation(TerminalId("kiosk-2"), token, start)) ==
              "session_unknown");
        bench.clock.advance(std::chrono::hours(48));
        CHECK(reason_of(facts(start + std::chrono::minutes(11))) == "session_facts_gone");
        must(bench.sign_in->maintain());
        CHECK(reason_of(facts(start + std::chrono::minutes(11))) == "session_unknown");
    }
    SECTION("a terminal whose clock is an hour off is believed, one that is a day off is not") {
        CHECK(must(facts(start - std::chrono::hours(1))).assurance == Assurance::TwoFactors);
        CHECK(must(facts(start + std::chrono::hours(1))).assurance == Assurance::TwoFactors);
        CHECK(reason_of(facts(start - std::chrono::hours(3))) == "captured_outside_session");
        CHECK(reason_of(facts(start + std::chrono::hours(24))) == "captured_outside_session");
    }
}
