#include "tests/central/line/held_bench.h"

#include <random>

using namespace portico;
using namespace portico::central;
using namespace portico::test;

// As in held_order_test.cpp: no outside counterpart exists for this interface.

namespace {

/// A minute's work of a telephone system that does what it is told: what comes with `connect` is gone the
/// next time.
void work(TelephoneSystem& system) {
    for (auto const& each : system.tell().calls)
        if (!each.connect.empty())
            system.left(each.call);
    system.tell();
}

} // namespace

TEST_CASE("held calls: their waits are measured, and both kinds are told what both have waited") {
    HeldBench bench;
    for (int i = 0; i < 10; ++i) {
        auto const call = "call-" + std::to_string(i);
        bench.telephone.rings(call);
        auto const told = bench.telephone.tell();
        CHECK(told.calls.at(0).wait_max == 0);
        bench.pass(std::chrono::minutes(6));
        bench.telephone.tell();
        bench.rep.next();
        work(bench.telephone);
        CHECK(bench.state_of(call) == "put_through");
    }
    bench.telephone.rings("next");
    auto const told = bench.telephone.tell().calls.at(0);
    CHECK(told.place == 1);
    CHECK(told.wait_min == 6);
    CHECK(told.wait_max == 7);
    // Who asks for a call now is behind the one that holds the line.
    bench.pass(std::chrono::seconds(1));
    auto const asked = must(bench.kiosk.try_ask(bench.kiosk.question("617 555 0199")));
    CHECK(asked.place == 2);
    CHECK(asked.wait_min == 12);
    CHECK(bench.rep.line().wait_min == 18);
}

TEST_CASE("held calls: a caller on the line is told the wait from now, and who hangs up is not measured") {
    HeldBench bench;
    for (int i = 0; i < 10; ++i) {
        bench.telephone.rings("call-" + std::to_string(i));
        bench.telephone.tell();
        bench.pass(std::chrono::minutes(3));
        bench.telephone.left("call-" + std::to_string(i));
        bench.telephone.tell();
    }
    bench.telephone.rings("next");
    CHECK(bench.telephone.tell().calls.at(0).wait_max == 0);
}

TEST_CASE("held calls: how many were put through within what they were told is counted with the call-backs") {
    HeldBench bench;
    auto const one = [&](int number, int minutes) {
        auto const call = "call-" + std::to_string(number);
        bench.telephone.rings(call);
        bench.telephone.tell();
        bench.pass(std::chrono::minutes(minutes));
        bench.telephone.tell();
        bench.rep.next();
        work(bench.telephone);
    };
    for (int i = 0; i < 10; ++i)
        one(i, 6); // nothing was told to these
    CHECK(bench.rep.line().kept_percent == -1);
    for (int i = 10; i < 20; ++i)
        one(i, 6);
    CHECK(bench.rep.line().kept_percent == 100);
    // One waits longer than was said, one gives up after that, and one gives up at once and says nothing.
    one(20, 30);
    CHECK(bench.rep.line().kept_percent == 100 * 10 / 11);
    bench.telephone.rings("late");
    auto const told = bench.telephone.tell().calls.at(0).wait_max;
    REQUIRE(told > 0);
    bench.pass(std::chrono::minutes(told) + std::chrono::seconds(1));
    bench.telephone.tell();
    CHECK(bench.rep.line().kept_percent == 100 * 10 / 12);
    bench.telephone.left("late");
    bench.telephone.tell();
    CHECK(bench.rep.line().kept_percent == 100 * 10 / 12);
    bench.telephone.rings("soon");
    bench.telephone.tell();
    bench.telephone.left("soon");
    bench.telephone.tell();
    CHECK(bench.rep.line().kept_percent == 100 * 10 / 12);
}

TEST_CASE("held calls: on a steady day of both kinds most are served within what they were told") {
    HeldBench bench;
    std::mt19937 random(5);
    std::vector<LineRep> reps;
    std::vector<int> busy_until;
    for (int i = 0; i < 2; ++i) {
        reps.emplace_back(bench, "Rep " + std::to_string(i));
        give_extension(bench, reps.back(), std::to_string(300 + i));
        busy_until.push_back(0);
    }
    int came = 0;
    for (int minute = 0; minute < 300; ++minute) {
        if (std::uniform_real_distribution<>(0, 1)(random) < 0.28) {
            ++came;
            if (came % 2 == 0)
                bench.telephone.rings("call-" + std::to_string(came));
            else
                LineKiosk(bench, "kiosk-" + std::to_string(came % 40)).ask(LineBench::number_of(came));
        }
        bench.telephone.tell();
        for (std::size_t i = 0; i < reps.size(); ++i) {
            if (minute < busy_until[i])
                continue;
            auto const taken = reps[i].try_next();
            if (taken.has_error())
                continue;
            if (taken.value().kind == "call_back") {
                CHECK(reps[i].say(taken.value().call_back, "reached").empty());
                CHECK(reps[i].close(taken.value().case_id).empty());
            }
            work(bench.telephone);
            busy_until[i] = minute + std::uniform_int_distribution<>(3, 9)(random);
        }
        for (int second = 0; second < 60; second += 20) {
            bench.pass(std::chrono::seconds(20));
            bench.telephone.tell();
        }
    }
    CHECK(bench.rep.line().kept_percent >= 75);
}
