#include "central/store/store.h"
#include "central/store/vault.h"
#include "tests/support/catch.h"
#include "tests/support/scratch_folder.h"

#include <thread>

using namespace portico;
using namespace portico::central;

TEST_CASE("store: parallel writers each get their own outcome and one failing change undoes only itself") {
    test::ScratchFolder const folder;
    auto store = Store::open(folder.path / "central.db").value();
    store->write([](storage::Database& db) { return db.execute("CREATE TABLE t (n INTEGER PRIMARY KEY)"); })
        .value();
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 8; ++thread)
        threads.emplace_back([&store, thread] {
            for (int i = 0; i < 50; ++i) {
                int const n = thread * 1000 + i;
                auto outcome = store->write([n](storage::Database& db) -> Result<void> {
                    TRY(db.execute("INSERT INTO t VALUES (" + std::to_string(n) + ")"));
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
    auto const count = store->read<std::int64_t>([](storage::Database& db) -> Result<std::int64_t> {
        auto query = TRY(db.prepare("SELECT count(*) FROM t"));
        TRY(query.step());
        return query.integer(0);
    });
    CHECK(count.value() == 8 * 40);
}

TEST_CASE("vault: keys are made once, read back, and never overwritten") {
    test::ScratchFolder const folder;
    CHECK(Vault::open(folder.path).error().reason == "keys_missing");
    auto const made = Vault::create(folder.path).value();
    auto const read = Vault::open(folder.path).value();
    CHECK(as_text(made.records.bytes()) == as_text(read.records.bytes()));
    CHECK(made.sealing.public_key == read.sealing.public_key);
    CHECK(Vault::create(folder.path).error().reason == "keys_exist");
}
