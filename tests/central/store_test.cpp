#include "central/store/counter.h"
#include "central/store/store.h"
#include "tests/central/store_of_test.h"
#include "tests/support/contract.h"

#include <algorithm>

#include <thread>

using namespace portico;
using namespace portico::central;
using test::address_of;

namespace {

std::int64_t number(Store& store, std::string const& sql) {
    return store
        .read<std::int64_t>([&](storage::Database& db) -> Result<std::int64_t> {
            auto query = TRY(db.prepare(sql));
            TRY(query.step());
            return query.integer(0);
        })
        .value();
}

std::unique_ptr<Store> store_with_table(test::ScratchDatabase const& scratch) {
    auto store = Store::open(address_of(scratch)).value();
    store
        ->write([](storage::Database& db) -> Result<void> {
            return db.execute("CREATE TABLE t (n INTEGER PRIMARY KEY) STRICT");
        })
        .value();
    return store;
}

Result<void> insert(storage::Database& db, std::int64_t n) {
    auto statement = TRY(db.prepare("INSERT INTO t (n) VALUES ($1)"));
    return statement.bind(1, n).run();
}

} // namespace

CONTRACT_TEST("parallel writers each get their own outcome and one failing change undoes only itself") {
    auto store = store_with_table(scratch);
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 8; ++thread)
        threads.emplace_back([&store, thread] {
            for (int i = 0; i < 50; ++i) {
                int const n = thread * 1000 + i;
                auto outcome = store->write([n](storage::Database& db) -> Result<void> {
                    TRY(insert(db, n));
                    if (n % 5 == 0)
                        return error(ErrorKind::Refused, "by_five");
                    return ok();
                });
                if (outcome.has_error() != (n % 5 == 0))
                    std::abort();
            }
        });
    for (auto& thread : threads)
        thread.join();
    CHECK(number(*store, "SELECT count(*) FROM t") == 8 * 40);
}

CONTRACT_TEST("a change that breaks a constraint fails alone, and its neighbours in the group are kept") {
    auto store = store_with_table(scratch);
    store->write([](storage::Database& db) { return insert(db, 7); }).value();
    std::vector<std::thread> threads;
    std::vector<std::string> reasons(24);
    for (std::size_t i = 0; i < reasons.size(); ++i)
        threads.emplace_back([&, i] {
            auto const n = i % 3 == 0 ? 7 : 100 + static_cast<std::int64_t>(i);
            auto const outcome = store->write([n](storage::Database& db) { return insert(db, n); });
            reasons[i] = outcome.has_error() ? outcome.error().reason : "kept";
        });
    for (auto& thread : threads)
        thread.join();
    for (std::size_t i = 0; i < reasons.size(); ++i)
        CHECK(reasons[i] == (i % 3 == 0 ? "constraint" : "kept"));
    CHECK(number(*store, "SELECT count(*) FROM t") == 1 + 16);
}

CONTRACT_TEST("two nodes over one store that count by reading and writing lose no update") {
    auto first = Store::open(address_of(scratch)).value();
    auto second = Store::open(address_of(scratch)).value();
    first
        ->write([](storage::Database& db) -> Result<void> {
            return db.execute("CREATE TABLE hits (n INTEGER NOT NULL) STRICT; INSERT INTO hits VALUES (0)");
        })
        .value();
    constexpr int threads_a_node = 4;
    constexpr int rounds = 25;
    std::vector<std::thread> threads;
    for (auto* node : {first.get(), second.get()})
        for (int thread = 0; thread < threads_a_node; ++thread)
            threads.emplace_back([node] {
                for (int round = 0; round < rounds; ++round)
                    node->write([](storage::Database& db) -> Result<void> {
                            auto query = TRY(db.prepare("SELECT n FROM hits"));
                            TRY(query.step());
                            auto const seen = query.integer(0);
                            query.reset();
                            auto update = TRY(db.prepare("UPDATE hits SET n = $1"));
                            return update.bind(1, seen + 1).run();
                        })
                        .value();
            });
    for (auto& thread : threads)
        thread.join();
    CHECK(number(*first, "SELECT n FROM hits") == 2 * threads_a_node * rounds);
    CHECK(number(*second, "SELECT n FROM hits") == 2 * threads_a_node * rounds);
}

CONTRACT_TEST("two nodes that draw numbers from one feed draw each once, without a gap") {
    auto const migrated = [&] {
        auto database = scratch.connect();
        return migrate_counters(database);
    }();
    REQUIRE(migrated.has_value());
    auto first = Store::open(address_of(scratch)).value();
    auto second = Store::open(address_of(scratch)).value();
    constexpr std::size_t draws = 40;
    std::vector<std::int64_t> drawn(2 * draws);
    std::vector<std::thread> threads;
    for (std::size_t node = 0; node < 2; ++node)
        threads.emplace_back([&, node] {
            auto& store = node == 0 ? *first : *second;
            for (std::size_t i = 0; i < draws; ++i)
                drawn[node * draws + i] = store
                                              .write_value<std::int64_t>([](storage::Database& db) {
                                                  return next_count(db, "feed");
                                              })
                                              .value();
        });
    for (auto& thread : threads)
        thread.join();
    std::sort(drawn.begin(), drawn.end());
    for (std::size_t i = 0; i < drawn.size(); ++i)
        CHECK(drawn[i] == static_cast<std::int64_t>(i) + 1);
}

CONTRACT_TEST(
    "a newer program's step that takes away stops an older one's writes, one that only adds does not") {
    auto database = scratch.connect();
    storage::Migration const first{"part", 1, "CREATE TABLE t (n INTEGER PRIMARY KEY) STRICT"};
    storage::Migration const adds{"part", 2, "ALTER TABLE t ADD COLUMN m INTEGER", 1};
    storage::Migration const takes{"part", 3, "ALTER TABLE t DROP COLUMN m"};
    storage::migrate(database, "part", {first}).value();
    auto store = Store::open(address_of(scratch), database.known_schema()).value();
    auto const write = [&](std::int64_t n) {
        return store->write([n](storage::Database& db) { return insert(db, n); });
    };
    CHECK(write(1).has_value());
    storage::migrate(database, "part", {first, adds}).value();
    CHECK(write(2).has_value());
    CHECK(store->check_still_serves().has_value());
    storage::migrate(database, "part", {first, adds, takes}).value();
    CHECK(write(3).error().reason == "program_superseded");
    CHECK(store->check_still_serves().error().reason == "program_superseded");
    CHECK(number(*store, "SELECT count(*) FROM t") == 2);
}

CONTRACT_TEST("a read cannot write") {
    auto store = store_with_table(scratch);
    auto const outcome = store->read<void>([](storage::Database& db) { return insert(db, 1); });
    REQUIRE(outcome.has_error());
    CHECK(outcome.error().reason == "database_unavailable");
    CHECK(number(*store, "SELECT count(*) FROM t") == 0);
}

TEST_CASE("store on postgres: a write whose connection is cut in the middle fails, leaves nothing, and the "
          "next works") {
    test::ScratchDatabase const scratch(test::StoreEngine::Postgres);
    auto store = store_with_table(scratch);
    auto const cut = store->write([&](storage::Database& db) -> Result<void> {
        TRY(insert(db, 1));
        test::PostgresServer::ours().cut_connections(scratch.server_address());
        TRY(insert(db, 2));
        return ok();
    });
    REQUIRE(cut.has_error());
    CHECK(cut.error().kind == ErrorKind::Unavailable);
    CHECK(cut.error().reason == "database_unavailable");
    CHECK(number(*store, "SELECT count(*) FROM t") == 0); // the reader was cut too
    store->write([](storage::Database& db) { return insert(db, 3); }).value();
    CHECK(number(*store, "SELECT n FROM t") == 3);
}

TEST_CASE("store on postgres: a change that overlooks the cut is not told to be kept") {
    test::ScratchDatabase const scratch(test::StoreEngine::Postgres);
    auto store = store_with_table(scratch);
    auto const cut = store->write([&](storage::Database& db) -> Result<void> {
        TRY(insert(db, 1));
        test::PostgresServer::ours().cut_connections(scratch.server_address());
        return ok();
    });
    REQUIRE(cut.has_error());
    CHECK(cut.error().reason == "database_unavailable");
    CHECK(number(*store, "SELECT count(*) FROM t") == 0);
}

TEST_CASE("store on postgres: two nodes and an idle server restart, nobody has to start a node again") {
    test::ScratchDatabase const scratch(test::StoreEngine::Postgres);
    auto first = store_with_table(scratch);
    auto second = Store::open(address_of(scratch)).value();
    first->write([](storage::Database& db) { return insert(db, 1); }).value();
    CHECK(number(*second, "SELECT count(*) FROM t") == 1);
    test::PostgresServer::ours().crash_and_start_again();
    auto const after = second->write([](storage::Database& db) { return insert(db, 2); });
    INFO((after.has_error() ? after.error().message : ""));
    REQUIRE(after.has_value());
    CHECK(number(*first, "SELECT count(*) FROM t") == 2);
}
