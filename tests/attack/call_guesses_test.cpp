// Brute force and curiosity of many at once: reps, desks, calls and nodes.

#include "central/calls/candidates.h"
#include "central/calls/ringing_calls.h"
#include "central/cases/case_limits.h"
#include "central/cases/verification_guard.h"
#include "tests/attack/call_attack_bench.h"
#include "tests/support/rounds.h"

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

constexpr std::size_t reps = 6;
constexpr int day_tries_max =
    static_cast<int>(VerificationGuard::failures_max * VerificationGuard::code_tries_max);

struct Guesser {
    std::unique_ptr<CodeCall> call;
    std::string code = {}; ///< one that waits to be keyed
};

/// Of a round: whoever may have a code sent does, by whichever way; then all key at once, at all nodes.
void guess_for_a_while(CodeBench& bench, CallNodes& nodes, std::vector<Guesser>& guessers, Tries& tries,
                       std::atomic<int>& looked_at) {
    std::vector<std::string> const ways{"text_code", "mail_code"};
    for (std::size_t i = 0; i < guessers.size(); ++i) {
        auto& each = guessers[i];
        auto const& way = ways[i % ways.size()];
        if (each.call->try_send(way).has_value())
            each.code = bench.last_code(way == "text_code" ? MessageChannel::Text : MessageChannel::Mail);
    }
    std::vector<std::function<void()>> attackers;
    for (std::size_t i = 0; i < guessers.size(); ++i)
        for (std::size_t twice = 0; twice < 2; ++twice)
            attackers.emplace_back([&, i, twice] {
                auto const& each = guessers[i];
                auto phone = each.call->phone;
                phone.call_at(nodes.at(i + twice));
                for (int k = 0; k < 4; ++k) {
                    auto const guess =
                        each.code.empty()
                            ? std::string("111111")
                            : CodeBench::other_than(each.code, 1 + k + 4 * static_cast<int>(twice));
                    auto const answer = phone.key(guess);
                    looked_at += answer == "wrong" || answer == "ended" ? 1 : 0;
                    tries.made(answer);
                }
            });
    at_once(attackers);
}

} // namespace

TEST_CASE(
    "call guesses: of all guesses of six reps at three nodes over three days no more are looked at than "
    "fifteen a day") {
    constexpr int days = 3;
    CodeBench bench;
    bench.account("alex");
    CallNodes nodes(bench, 3);
    std::vector<Guesser> guessers(reps);
    for (std::size_t i = 0; i < reps; ++i)
        guessers[i].call = std::make_unique<CodeCall>(bench, "Rep " + std::to_string(i));
    Tries tries("brute force over calls, reps and nodes");
    std::atomic<int> looked_at = 0;
    for (int hour = 0; hour < days * 24; hour += 2) {
        guess_for_a_while(bench, nodes, guessers, tries, looked_at);
        bench.clock.advance(std::chrono::hours(2));
    }
    CHECK(tries.count() == static_cast<std::int64_t>(reps * 2 * 4 * 12 * days));
    CHECK(tries.accepted() == 0);
    CHECK(looked_at >= day_tries_max); // so that it was one
    CHECK(looked_at <= day_tries_max * days);
    CHECK(bench.number("SELECT count(*) FROM case_proof") == 0);
    CHECK(bench.number("SELECT count(*) FROM case_code_try") == looked_at);
}

TEST_CASE(
    "call guesses: a rep who has every fact of 200 members opens thirty records an hour, at all desks and "
    "nodes together") {
    constexpr int members = 200;
    constexpr std::size_t desks = 6;
    CodeBench bench;
    CallNodes nodes(bench, 3);
    auto const facts = [](int i) {
        return Facts{"B-" + std::to_string(i), "Alex", "Sample", "1970-01-01", "02150"};
    };
    for (int i = 0; i < members; ++i)
        bench.add(sample_member("b" + std::to_string(i), {"Alex", "Sample"}, "1970-01-01", "02150",
                                "B-" + std::to_string(i)));
    CaseDesk const rep(bench, "Robin Rep", {StaffRole::PhoneRep});
    for (int hour = 1; hour <= 3; ++hour) {
        Tries tries("bulk browsing, hour " + std::to_string(hour));
        std::atomic<int> next = 0;
        std::vector<std::function<void()>> attackers;
        for (std::size_t i = 0; i < desks; ++i)
            attackers.emplace_back([&, i] {
                auto desk = i % 2 == 0 ? rep : rep.at_another_desk();
                desk.call_at(nodes.at(i));
                for (auto mine = next++; mine < members; mine = next++) {
                    auto const id = desk.open();
                    tries.made(desk.identify(says(facts(mine), id)));
                    must(desk.ask<&close_case>("case_closed", {id, "resolved", ""}));
                }
            });
        at_once(attackers);
        CHECK(tries.count() == members);
        CHECK(tries.accepted() == hour_records_max);
        bench.clock.advance(std::chrono::minutes(61));
    }
}

TEST_CASE("call guesses: of 300 numbers that one rep says to ring at once, 120 an hour are looked up") {
    constexpr int numbers = 300;
    CodeBench bench;
    CallNodes nodes(bench, 3);
    CaseDesk const rep(bench, "Robin Rep", {StaffRole::PhoneRep});
    Tries tries("numbers that are said to ring");
    std::atomic<int> next = 0;
    std::vector<std::function<void()>> attackers;
    for (std::size_t i = 0; i < 6; ++i)
        attackers.emplace_back([&, i] {
            auto desk = i % 2 == 0 ? rep : rep.at_another_desk();
            desk.call_at(nodes.at(i));
            for (auto mine = next++; mine < numbers; mine = next++)
                tries.made(desk.reason_of<&call_candidates>("call_candidates_read",
                                                            {"+1617555" + std::to_string(1000 + mine)}));
        });
    at_once(attackers);
    CHECK(tries.count() == numbers);
    CHECK(tries.accepted() == hour_candidates_max);
}
