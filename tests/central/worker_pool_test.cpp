#include "central/http/worker_pool.h"
#include "tests/support/catch.h"

#include <atomic>
#include <future>
#include <thread>

using namespace portico::central;

TEST_CASE("worker pool: every job that was taken runs, also those still queued at its end") {
    std::atomic<int> done = 0;
    {
        WorkerPool pool(4, 1000, 2);
        for (int i = 0; i < 500; ++i)
            REQUIRE(pool.submit([&] { ++done; }));
    }
    CHECK(done == 500);
}

TEST_CASE("worker pool: past its queue a job is refused and does not run") {
    std::atomic<int> done = 0;
    std::promise<void> go;
    std::promise<void> begun;
    {
        WorkerPool pool(1, 2, 1);
        REQUIRE(pool.submit([&] {
            begun.set_value();
            go.get_future().wait();
        }));
        begun.get_future().wait();
        CHECK(pool.submit([&] { ++done; }));
        CHECK(pool.submit([&] { ++done; }));
        CHECK_FALSE(pool.submit([&] { done += 100; }));
        go.set_value();
    }
    CHECK(done == 2);
}

TEST_CASE("worker pool: no more run at once than it may, however many threads it has") {
    std::atomic<int> running = 0;
    std::atomic<int> most = 0;
    {
        WorkerPool pool(16, 1000, 3);
        for (int i = 0; i < 300; ++i)
            REQUIRE(pool.submit([&] {
                int const now = ++running;
                int seen = most;
                while (seen < now && !most.compare_exchange_weak(seen, now)) {
                }
                std::this_thread::yield();
                --running;
            }));
    }
    CHECK(most >= 1);
    CHECK(most <= 3);
}

TEST_CASE("worker pool: one that waits leaves its place to another, however often it says so") {
    std::promise<void> second_ran;
    std::promise<void> first_done;
    WorkerPool pool(4, 10, 1);
    REQUIRE(pool.submit([&] {
        BlockingSection const outer;
        BlockingSection const inner;
        second_ran.get_future().wait(); // would never come, were this thread still counted
        first_done.set_value();
    }));
    REQUIRE(pool.submit([&] { second_ran.set_value(); }));
    first_done.get_future().wait();
}

TEST_CASE("worker pool: when all who waited go on at once, the rest of the queue is run all the same") {
    constexpr int waiters = 6;
    std::atomic<int> waiting = 0;
    std::promise<void> go;
    auto const open = go.get_future().share();
    std::promise<void> all_wait;
    std::atomic<int> done = 0;
    {
        WorkerPool pool(8, 1000, 1);
        for (int i = 0; i < waiters; ++i)
            REQUIRE(pool.submit([&] {
                {
                    BlockingSection const section;
                    if (++waiting == waiters)
                        all_wait.set_value();
                    open.wait();
                }
                ++done;
            }));
        all_wait.get_future().wait();
        for (int i = 0; i < 100; ++i)
            REQUIRE(pool.submit([&] { ++done; }));
        go.set_value();
    }
    CHECK(done == waiters + 100);
}

TEST_CASE("worker pool: what may wait is never refused, leaves others the way, and comes to its turn all the "
          "same") {
    std::vector<char> order; // one thread runs them all
    std::promise<void> go;
    std::promise<void> begun;
    {
        WorkerPool pool(1, 8, 1);
        REQUIRE(pool.submit([&] {
            begun.set_value();
            go.get_future().wait();
        }));
        begun.get_future().wait();
        for (int i = 0; i < 100; ++i)
            REQUIRE(pool.submit_later([&] { order.push_back('l'); }));
        for (int i = 0; i < 8; ++i)
            REQUIRE(pool.submit([&] { order.push_back('n'); }));
        CHECK_FALSE(pool.submit([] {}));
        go.set_value();
    }
    REQUIRE(order.size() == 108);
    CHECK(std::string(order.begin(), order.begin() + 11) == "nnnnlnnnnll");
}
