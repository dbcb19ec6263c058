#include "central/auth/account_desk.h"
#include "central/auth/attempts.h"
#include "tests/central/auth/auth_bench.h"

#include <atomic>
#include <thread>

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

/// Wrong PINs until the next is refused by the lock.
void lock(AuthBench& bench, TestTerminal& kiosk) {
    for (int failure = 0; failure < 10; ++failure) {
        auto const problem = kiosk.sign_in_card("CARD-1001", "000111").error();
        bench.clock.advance(std::chrono::seconds(problem.retry_after_s + 60));
    }
}

} // namespace

TEST_CASE("lockout: of 200 parallel wrong guesses at one account no more than five are looked at") {
    AuthBench bench;
    auto const alex = bench.alex();
    std::atomic<int> wrong = 0;
    std::atomic<int> locked = 0;
    std::atomic<int> busy = 0;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 8; ++thread)
        threads.emplace_back([&, thread] {
            for (int i = 0; i < 25; ++i) {
                auto kiosk = bench.terminal("kiosk-" + std::to_string(thread) + "-" + std::to_string(i));
                auto const problem = kiosk.sign_in_card("CARD-1001", "000111").error();
                ++(problem.kind == ErrorKind::TooMany  ? busy
                   : problem.kind == ErrorKind::Locked ? locked
                                                       : wrong);
            }
        });
    for (auto& thread : threads)
        thread.join();
    CHECK(bench.sign_in->hasher().evaluations() == 5);
    CHECK(wrong == 4); // the fifth is told of the wait it brought
    CHECK(wrong + locked + busy == 200);
}

TEST_CASE("lockout: guesses over both channels count together") {
    AuthBench bench;
    auto const alex = bench.alex();
    auto kiosk = bench.terminal();
    for (int i = 0; i < 3; ++i)
        CHECK(kiosk.sign_in_password(alex.username, "not the right words").has_error());
    CHECK(kiosk.sign_in_card("CARD-1001", "000111").error().tries_left == 1);
    CHECK(kiosk.sign_in_card("CARD-1001", "000111").error().reason == "account_locked");
    CHECK(kiosk.sign_in_password(alex.username, test_password).has_error());
    bench.clock.advance(std::chrono::seconds(31));
    CHECK(kiosk.sign_in_password(alex.username, test_password).has_value());
}

TEST_CASE("lockout: a success takes back its own kind of failures only") {
    AuthBench bench;
    auto const alex = bench.alex();
    auto kiosk = bench.terminal();
    for (int i = 0; i < 3; ++i)
        CHECK(kiosk.sign_in_password(alex.username, "not the right words").has_error());
    CHECK(kiosk.sign_in_card("CARD-1001", "000111").error().tries_left == 1);
    CHECK(kiosk.sign_in_card("CARD-1001", test_pin).has_value());
    CHECK(kiosk.sign_in_card("CARD-1001", "000111").error().tries_left == 1);
}

TEST_CASE(
    "lockout: a security key still signs in while password and PIN are locked, and does not unlock them") {
    AuthBench bench;
    auto alex = bench.alex();
    auto kiosk = bench.terminal();
    lock(bench, kiosk);
    CHECK(kiosk.sign_in_card("CARD-1001", test_pin).error().retry_after_s == 0);
    CHECK(must(kiosk.sign_in(alex.key)).assurance == Assurance::TwoFactors);
    CHECK(kiosk.sign_in_card("CARD-1001", test_pin).error().reason == "account_locked");
}

TEST_CASE("lockout: a clock that goes back shortens no wait") {
    AuthBench bench;
    auto const alex = bench.alex();
    auto kiosk = bench.terminal();
    for (int i = 0; i < 5; ++i)
        CHECK(kiosk.sign_in_card("CARD-1001", "000111").has_error());
    bench.clock.step_wall(-std::chrono::hours(1));
    CHECK(kiosk.sign_in_card("CARD-1001", test_pin).error().reason == "account_locked");
    bench.clock.step_wall(std::chrono::hours(1) + std::chrono::seconds(31));
    CHECK(kiosk.sign_in_card("CARD-1001", test_pin).has_value());
}

TEST_CASE("lockout: an operator's unlock clears the counter, tells the member and the screens that wait") {
    AuthBench bench;
    auto const alex = bench.alex();
    auto kiosk = bench.terminal();
    lock(bench, kiosk);
    auto const shown = kiosk.sign_in_card("CARD-1001", test_pin).error();
    CHECK(shown.ticket.size() == 22);
    bench.told.clear();
    AccountDesk desk(*bench.sign_in);
    CHECK(must(desk.unlock(must(desk.find("patient-1")))));
    CHECK(bench.told == std::vector<std::string>{"patient-1 account_unlocked"});
    CHECK(std::find(bench.unlocked.begin(), bench.unlocked.end(), "kiosk-1 " + shown.ticket) !=
          bench.unlocked.end());
    CHECK(kiosk.sign_in_card("CARD-1001", test_pin).has_value());
    bench.unlocked.clear();
    CHECK_FALSE(must(desk.unlock(must(desk.find("patient-1")))));
    CHECK(bench.unlocked.empty());
}

TEST_CASE("lockout: a ticket lives 20 minutes") {
    AuthBench bench;
    auto const alex = bench.alex();
    auto kiosk = bench.terminal();
    for (int i = 0; i < 5; ++i)
        CHECK(kiosk.sign_in_card("CARD-1001", "000111").has_error());
    bench.clock.advance(std::chrono::minutes(20));
    AccountDesk desk(*bench.sign_in);
    CHECK(must(desk.unlock(must(desk.find("patient-1")))));
    CHECK(bench.unlocked.empty());
}

TEST_CASE("lockout: a new PIN set with staff beside recovers a locked account, one set with a key does not") {
    AuthBench bench;
    auto alex = bench.alex();
    auto kiosk = bench.terminal();
    auto staff = open_staff(bench.services, kiosk, "Sam Desk");
    lock(bench, kiosk);
    must(kiosk.carry(must(kiosk.sign_in(alex.key))));
    auto with = kiosk.call();
    must(set_pin(with, {Secret("739104")}));
    kiosk.drop();
    CHECK(kiosk.sign_in_card("CARD-1001", "739104").error().reason == "account_locked");
    must(kiosk.carry(must(kiosk.register_in_person("CARD-1001", staff))));
    auto beside = kiosk.call();
    must(set_pin(beside, {Secret("739104")}));
    kiosk.drop();
    CHECK(kiosk.sign_in_card("CARD-1001", "739104").has_value());
}
