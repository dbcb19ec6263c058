#include "tests/central/line/held_bench.h"

#include <atomic>
#include <map>
#include <mutex>
#include <thread>

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

/// Several central programs over one store, that know desks' extensions.
class HeldNodes {
public:
    HeldNodes(LineBench& bench, int count) {
        for (int i = 0; i < count; ++i) {
            stores_.push_back(must(Store::open(address_of(bench.scratch))));
            audits_.push_back(std::make_unique<AuditLog>(bench.clock, bench.vault->records,
                                                         bench.vault->index, "node-" + std::to_string(i)));
            feeds_.push_back(std::make_unique<ChangeFeed>(bench.clock, *stores_.back(), nullptr));
            services_.push_back(std::make_unique<Services>(bench.clock, *stores_.back(), *bench.vault));
            services_.back()->audit = audits_.back().get();
            services_.back()->changes = feeds_.back().get();
            services_.back()->operations = &*bench.ledger;
            services_.back()->terminals = bench.services->terminals;
        }
    }
    Services& at(int which) { return *services_[static_cast<std::size_t>(which) % services_.size()]; }

private:
    std::vector<std::unique_ptr<Store>> stores_;
    std::vector<std::unique_ptr<AuditLog>> audits_;
    std::vector<std::unique_ptr<ChangeFeed>> feeds_;
    std::vector<std::unique_ptr<Services>> services_;
};

/// A telephone system that does at once what it is told, on a thread of its own.
class WorkingSystem {
public:
    explicit WorkingSystem(TelephoneSystem& system) : system_(system), thread_([this] { run(); }) {}
    ~WorkingSystem() { stop(); }
    WorkingSystem(WorkingSystem const&) = delete;
    WorkingSystem& operator=(WorkingSystem const&) = delete;
    void stop() {
        stopped_ = true;
        if (thread_.joinable())
            thread_.join();
    }
    /// Where each call was put through to.
    std::map<std::string, std::vector<std::string>> put_through;

private:
    void run() {
        while (!stopped_) {
            auto const told = system_.try_send(system_.message());
            if (told.has_error())
                continue; // the next one says all of it again
            for (auto const& each : told.value().calls)
                if (!each.connect.empty()) {
                    put_through[each.call].push_back(each.connect);
                    system_.left(each.call);
                }
        }
    }

    TelephoneSystem& system_;
    std::atomic<bool> stopped_ = false;
    std::thread thread_;
};

} // namespace

TEST_CASE("held calls: of six reps at several nodes each takes another one of twenty, calls and call-backs") {
    constexpr int people = 20;
    constexpr int reps = 6;
    HeldBench bench;
    HeldNodes nodes(bench, 3);
    for (int i = 0; i < people; ++i) {
        if (i % 2 == 0)
            bench.telephone.rings("call-" + std::to_string(i));
        else
            LineKiosk(bench, "kiosk-" + std::to_string(i / 10)).ask(LineBench::number_of(i));
        bench.pass(std::chrono::seconds(1));
    }
    bench.telephone.tell();
    std::vector<LineRep> all;
    for (int i = 0; i < reps; ++i) {
        all.emplace_back(bench, "Rep " + std::to_string(i));
        give_extension(bench, all.back(), std::to_string(300 + i));
        all.back().call_at(nodes.at(i));
    }
    std::mutex guard;
    std::map<std::string, int> taken_times;
    std::atomic<int> others = 0;
    WorkingSystem system(bench.telephone);
    std::vector<std::thread> threads;
    for (auto& rep : all)
        threads.emplace_back([&] {
            std::string last;
            for (;;) {
                auto const taken = rep.try_next();
                if (taken.has_error()) {
                    others += taken.error().reason == "line_empty" ? 0 : 1;
                    return;
                }
                auto const& entry = taken.value();
                // A held call is told again until it was put through.
                if (entry.call_back == last)
                    continue;
                last = entry.call_back;
                {
                    std::lock_guard const lock(guard);
                    ++taken_times[entry.call_back];
                }
                if (entry.kind == "call_back")
                    others += rep.say(entry.call_back, "reached").empty() ? 0 : 1;
            }
        });
    for (auto& thread : threads)
        thread.join();
    system.stop();
    CHECK(others == 0);
    CHECK(taken_times.size() == people);
    for (auto const& [id, times] : taken_times)
        CHECK(times == 1);
    CHECK(system.put_through.size() == people / 2);
    for (auto const& [call, extensions] : system.put_through)
        CHECK(extensions.size() == 1);
    CHECK(bench.number("SELECT count(*) FROM line_held_call WHERE state = 'put_through'") == people / 2);
    CHECK(bench.number("SELECT count(*) FROM line_call_back WHERE state = 'reached'") == people / 2);
    CHECK(bench.number("SELECT count(*) FROM case_file") == people / 2);
}

TEST_CASE("held calls: of two reps who want the same call at two nodes one gets it") {
    for (int round = 0; round < 6; ++round) {
        HeldBench bench;
        HeldNodes nodes(bench, 2);
        bench.telephone.rings("a");
        bench.telephone.tell();
        std::vector<LineRep> reps;
        for (int i = 0; i < 2; ++i) {
            reps.emplace_back(bench, "Rep " + std::to_string(i));
            give_extension(bench, reps.back(), std::to_string(300 + i));
            reps.back().call_at(nodes.at(i));
        }
        std::atomic<int> got = 0;
        std::atomic<int> none = 0;
        std::vector<std::thread> threads;
        for (auto& rep : reps)
            threads.emplace_back([&] {
                auto const next = rep.next_id();
                (next == "line_empty" ? none : got) += 1;
            });
        for (auto& thread : threads)
            thread.join();
        CHECK(got == 1);
        CHECK(none == 1);
    }
}
