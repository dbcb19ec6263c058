#include "tests/central/line/line_bench.h"

#include <atomic>
#include <map>
#include <mutex>
#include <thread>

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

/// Several central programs over one store.
class Nodes {
public:
    Nodes(LineBench& bench, int count) {
        for (int i = 0; i < count; ++i) {
            stores_.push_back(must(Store::open(address_of(bench.scratch))));
            audits_.push_back(std::make_unique<AuditLog>(bench.clock, bench.vault->records,
                                                         bench.vault->index, "node-" + std::to_string(i)));
            feeds_.push_back(std::make_unique<ChangeFeed>(bench.clock, *stores_.back(), nullptr));
            services_.push_back(std::make_unique<Services>(bench.clock, *stores_.back(), *bench.vault));
            services_.back()->audit = audits_.back().get();
            services_.back()->changes = feeds_.back().get();
            services_.back()->operations = &*bench.ledger;
        }
    }
    Services& at(int which) { return *services_[static_cast<std::size_t>(which) % services_.size()]; }

private:
    std::vector<std::unique_ptr<Store>> stores_;
    std::vector<std::unique_ptr<AuditLog>> audits_;
    std::vector<std::unique_ptr<ChangeFeed>> feeds_;
    std::vector<std::unique_ptr<Services>> services_;
};

} // namespace

TEST_CASE("line: of several reps at several nodes each takes another one, and everybody is called once") {
    constexpr int people = 24;
    constexpr int reps = 6;
    LineBench bench;
    Nodes nodes(bench, 3);
    for (int i = 0; i < people; ++i) {
        LineKiosk kiosk(bench, "kiosk-" + std::to_string(i / 10));
        kiosk.ask(LineBench::number_of(i));
        bench.pass(std::chrono::seconds(1));
    }
    std::vector<LineRep> all;
    for (int i = 0; i < reps; ++i) {
        all.emplace_back(bench, "Rep " + std::to_string(i));
        all.back().call_at(nodes.at(i));
    }
    std::mutex guard;
    std::map<std::string, int> called;
    std::atomic<int> others = 0;
    std::vector<std::thread> threads;
    for (auto& rep : all)
        threads.emplace_back([&] {
            for (;;) {
                auto const taken = rep.try_next();
                if (taken.has_error()) {
                    others += taken.error().reason == "line_empty" ? 0 : 1;
                    return;
                }
                {
                    std::lock_guard const lock(guard);
                    ++called[taken.value().call_back];
                }
                others += rep.say(taken.value().call_back, "reached").empty() ? 0 : 1;
            }
        });
    for (auto& thread : threads)
        thread.join();
    CHECK(others == 0);
    CHECK(called.size() == people);
    for (auto const& [id, times] : called)
        CHECK(times == 1);
    CHECK(bench.number("SELECT count(*) FROM case_file") == people);
    CHECK(bench.number("SELECT count(*) FROM line_call_back WHERE state = 'reached'") == people);
}

TEST_CASE("line: of the same number asked for at several kiosks and nodes at once one stands in line") {
    LineBench bench;
    Nodes nodes(bench, 3);
    std::atomic<int> asked = 0;
    std::atomic<int> waits = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 6; ++i)
        threads.emplace_back([&, i] {
            LineKiosk kiosk(bench, "kiosk-" + std::to_string(i));
            kiosk.call_at(nodes.at(i));
            auto const outcome = kiosk.ask_reason("617 555 0142");
            asked += outcome.empty() ? 1 : 0;
            waits += outcome == "call_back_waits" ? 1 : 0;
        });
    for (auto& thread : threads)
        thread.join();
    CHECK(asked == 1);
    CHECK(waits == 5);
    CHECK(bench.number("SELECT count(*) FROM line_call_back") == 1);
}

TEST_CASE("line: one person cancels while several reps take the next: one of the two happens") {
    for (int round = 0; round < 6; ++round) {
        LineBench bench;
        Nodes nodes(bench, 3);
        auto const id = bench.kiosk.ask("617 555 0142");
        std::vector<LineRep> reps;
        for (int i = 0; i < 3; ++i) {
            reps.emplace_back(bench, "Rep " + std::to_string(i));
            reps.back().call_at(nodes.at(i));
        }
        std::atomic<int> taken = 0;
        std::string cancelled;
        std::vector<std::thread> threads;
        for (auto& rep : reps)
            threads.emplace_back([&] { taken += rep.next_id() == id ? 1 : 0; });
        threads.emplace_back([&] { cancelled = bench.kiosk.cancel(id); });
        for (auto& thread : threads)
            thread.join();
        CHECK(taken == (cancelled.empty() ? 0 : 1));
        CHECK((cancelled.empty() || cancelled == "call_back_begun"));
        CHECK(bench.number("SELECT count(*) FROM case_file") == taken);
    }
}

TEST_CASE(
    "line: what went back after its time is taken by one, and the late word of the first loses nobody") {
    LineBench bench;
    Nodes nodes(bench, 3);
    auto const id = bench.kiosk.ask("617 555 0142");
    CHECK(bench.rep.next_id() == id);
    bench.pass(std::chrono::seconds(WaitingLine::outcome_within_s));
    std::vector<LineRep> reps;
    for (int i = 0; i < 4; ++i) {
        reps.emplace_back(bench, "Rep " + std::to_string(i));
        reps.back().call_at(nodes.at(i));
    }
    std::atomic<int> taken = 0;
    std::string late;
    std::vector<std::thread> threads;
    for (auto& rep : reps)
        threads.emplace_back([&] { taken += rep.next_id() == id ? 1 : 0; });
    threads.emplace_back([&] { late = bench.rep.say(id, "reached"); });
    for (auto& thread : threads)
        thread.join();
    // Either the first one has it still, and it is over; or a colleague has it, and the first is told so.
    CHECK(taken == (late.empty() ? 0 : 1));
    CHECK((late.empty() || late == "call_back_unknown"));
}
