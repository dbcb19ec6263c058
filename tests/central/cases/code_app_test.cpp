#include "central/auth/sign_in_calls.h"
#include "central/auth/totp.h"
#include "tests/central/cases/code_bench.h"

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

constexpr auto secret_text = "12345678901234567890";

/// Alex, who has a code app, and who calls.
struct AppCall {
    AppCall() {
        must(bench.store->write([&](storage::Database& database) {
            return Accounts(*bench.vault, bench.clock)
                .put_secret(database, alex.id, kind_totp, Secret(secret_text));
        }));
    }
    /// What the app shows now, or some steps from now.
    std::string shown(std::int64_t steps = 0) {
        auto const step = to_micros(bench.clock.now()) / 1'000'000 / totp_step_s + steps;
        return std::string(totp_code(Secret(secret_text), step).reveal());
    }
    void next_step() { bench.clock.advance(std::chrono::seconds(totp_step_s)); }
    /// "" or the reason why not: the member signs in by it at a kiosk.
    std::string sign_in(std::string const& code) {
        MemberAtKiosk member(bench, alex, "kiosk-1", Assurance::OneFactor);
        auto const outcome = member.ask<&sign_in_totp>("sign_in_totp", api::TotpSignIn{Secret(code)});
        return outcome.has_error() ? outcome.error().reason : "";
    }
    std::string ask() { return call.send_reason("totp"); }

    CodeBench bench;
    Account alex = bench.account("alex");
    CodeCall call{bench};
};

} // namespace

TEST_CASE("code app: its code, keyed in this call, verifies the caller, and nothing is sent") {
    AppCall at;
    auto const asked = must(at.call.try_send("totp"));
    CHECK(asked.to.empty());
    CHECK(asked.expires_in_s == 300);
    CHECK(asked.tries_left == 5);
    CHECK(at.bench.number("SELECT count(*) FROM outbox_message") == 0);
    CHECK(at.call.item().code == "waiting");
    CHECK(at.call.item().code_way == "totp");
    auto const code = at.shown();
    CHECK(at.call.phone.key(code, "call-2") == "code_gone"); // in its own call alone
    CHECK(at.call.phone.key(code) == "right");
    CHECK(at.call.item().level == "verified");
    CHECK(at.call.item().verified_way == "totp");
    CHECK(at.ask() == "verified_already");
    // As sure as a text: an unlock needs nobody else's yes.
    CHECK(must(at.call.rep.ask<&case_lock>("case_lock_read", {at.call.id})).second_yes.empty());
    for (auto const& record : at.bench.audited())
        CHECK(api::to_json(record.fields).find(code) == std::string::npos);
}

TEST_CASE("code app: the ways name it second, and say why it is not possible") {
    CodeBench bench;
    CodeCall call(bench);
    CHECK(call.hindrance("totp") == "no_account");
    CHECK(call.send_reason("totp") == "code_not_possible");
    auto const alex = bench.account("alex");
    CHECK(call.hindrance("totp") == "no_code_app");
    CHECK(call.send_reason("totp") == "code_not_possible");
    auto const put = [&](std::string_view kind) {
        must(bench.store->write([&](storage::Database& database) {
            return Accounts(*bench.vault, bench.clock)
                .put_secret(database, alex.id, kind, Secret(secret_text));
        }));
    };
    put(kind_totp_pending); // begun, and never shown to work
    CHECK(call.hindrance("totp") == "no_code_app");
    put(kind_totp);
    CHECK(call.hindrance("totp").empty());
    std::string order;
    for (auto const& each : must(call.rep.ask<&verify_ways>("case_ways_read", {call.id})).ways)
        order += each.way + " ";
    CHECK(order == "own_session totp text_code call_back mail_code ");
    must(bench.store->write([&](storage::Database& database) {
        return Accounts(*bench.vault, bench.clock).set_disabled(database, alex.id, true);
    }));
    CHECK(call.hindrance("totp") == "no_account");
    bench.run("UPDATE terminal SET state = 'revoked'");
    CHECK(call.hindrance("totp") == "no_account");
    must(bench.store->write([&](storage::Database& database) {
        return Accounts(*bench.vault, bench.clock).set_disabled(database, alex.id, false);
    }));
    CHECK(call.hindrance("totp") == "no_keypad");
}

TEST_CASE("code app: a code is used once, over sign-in and calls together, one step either side") {
    AppCall at;
    REQUIRE(at.ask().empty());
    auto const first = at.shown();
    CHECK(at.sign_in(first).empty());
    CHECK(at.call.phone.key(first) == "wrong");        // who saw it being typed at the kiosk
    CHECK(at.call.phone.key(at.shown(-1)) == "wrong"); // nor one before it
    CHECK(at.call.phone.key(at.shown(2)) == "wrong");  // nor one of later
    at.next_step();
    auto const second = at.shown();
    CHECK(at.call.phone.key(second) == "right");
    CHECK_FALSE(at.sign_in(second).empty()); // who heard it being keyed
    // And not in another call.
    CodeCall other(at.bench, "Casey Rep");
    REQUIRE(other.send_reason("totp").empty());
    CHECK(other.phone.key(second) == "wrong");
    CHECK(other.phone.key(at.shown(1)) == "right"); // a clock that is ahead
}

TEST_CASE("code app: wrong tries count with those of all codes, freeze, and tell the member") {
    AppCall at;
    // A code app is guessed over three calls: fifteen of them a day, and no more.
    int looked_at = 0;
    for (int round = 0; round < 4; ++round) {
        auto const refused = at.ask();
        if (refused == "verification_frozen")
            break;
        REQUIRE(refused.empty());
        for (int i = 0; i < 6; ++i) {
            auto const said = at.call.phone.key(CodeBench::other_than(at.shown(), 1000 + 10 * round + i));
            looked_at += said == "wrong" || said == "ended" ? 1 : 0;
        }
        at.next_step();
    }
    CHECK(looked_at == 15);
    CHECK(at.bench.mailed == std::vector<std::string>{"alex verification_frozen"});
    CHECK(at.call.hindrance("totp") == "frozen");
    CHECK(at.call.hindrance("call_back") == "frozen");
    CHECK(CodeCall(at.bench, "Casey Rep").send_reason("totp") == "verification_frozen");
    // Sign-in has its own count: nobody locks an account by ringing up.
    CHECK(at.sign_in(at.shown()).empty());
    at.bench.clock.advance(std::chrono::hours(24));
    REQUIRE(at.ask().empty());
    CHECK(at.call.phone.key(at.shown()) == "right");
}

TEST_CASE("code app: a texted code and that of the app count together, and one is not the other") {
    AppCall at;
    auto const texted = at.call.send();
    auto const of_app = at.shown();
    if (texted == of_app)
        return; // once in a million runs
    CHECK(at.call.phone.key(of_app) == "wrong");
    CHECK(at.sign_in(of_app).empty()); // it was not used up
    at.next_step();
    REQUIRE(at.ask().empty());
    CHECK(at.call.phone.key(texted) == "wrong");
    CHECK(at.call.phone.key(at.shown()) == "right");
}

TEST_CASE("code app: it runs out after five minutes, and one that was taken away is worth nothing") {
    AppCall at;
    REQUIRE(at.ask().empty());
    at.bench.clock.advance(std::chrono::minutes(5));
    CHECK(at.call.phone.key(at.shown()) == "code_gone");
    CHECK(at.call.item().code == "expired");
    REQUIRE(at.ask().empty());
    must(at.bench.store->write([&](storage::Database& database) -> Result<void> {
        TRY(Accounts(*at.bench.vault, at.bench.clock).remove_secret(database, at.alex.id, kind_totp));
        return ok();
    }));
    CHECK(at.call.phone.key(at.shown()) == "wrong");
}

TEST_CASE("code app: of the same code keyed at several nodes at once one verifies") {
    AppCall at;
    REQUIRE(at.ask().empty());
    CodeCall other(at.bench, "Casey Rep");
    CHECK(other.send_reason("totp") == "check_elsewhere");
    auto const code = at.shown();
    std::atomic<int> right = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 6; ++i)
        threads.emplace_back([&] {
            auto phone = at.call.phone;
            right += phone.key(code) == "right" ? 1 : 0;
        });
    for (auto& thread : threads)
        thread.join();
    CHECK(right == 1);
}
