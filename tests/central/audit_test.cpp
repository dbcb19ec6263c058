#include "central/audit/audit_log.h"
#include "central/audit/checkpoints.h"
#include "central/store/store.h"
#include "central/store/vault.h"
#include "tests/central/store_of_test.h"
#include "tests/support/catch.h"
#include "tests/support/scratch_folder.h"

#include <fstream>
#include <iterator>

using namespace portico;
using namespace portico::central;

namespace {

struct AuditBench {
    AuditBench() : clock(from_micros(1'800'000'000'000'000)), vault(Vault::create(folder.path).value()) {
        log.emplace(clock, vault.records, vault.index, "node-1");
        auto database = scratch.connect();
        AuditLog::migrate(database).value();
        store = Store::open(test::address_of(scratch)).value();
        for (int i = 0; i < 5; ++i)
            append("eob_read");
    }
    void append(std::string const& action) {
        AuditRecord record;
        record.action = action;
        record.subject = "alex";
        record.decision = "allowed";
        store->write([&](storage::Database& database) { return log->append(database, record); }).value();
    }
    void tamper(std::string const& sql) {
        store->write([&](storage::Database& database) { return database.execute(sql); }).value();
    }
    std::string checkpoint() {
        auto const heads = store
                               ->read<std::vector<AuditLog::Head>>(
                                   [&](storage::Database& database) { return log->heads(database); })
                               .value();
        return write_checkpoint(*log, heads.at(0)) + "\n";
    }
    AuditVerdict verify(std::string const& checkpoints = "") {
        return store
            ->read<AuditVerdict>(
                [&](storage::Database& database) { return verify_audit(*log, database, checkpoints); })
            .value();
    }
    bool whole(std::string const& checkpoints = "") { return verify(checkpoints).faults.empty(); }

    test::ScratchFolder folder;
    test::ScratchDatabase scratch;
    ManualClock clock;
    Vault vault;
    std::optional<AuditLog> log;
    std::unique_ptr<Store> store;
};

/// As someone would who has the database but not the keys: the records from `sequence` on are dropped, and
/// the head is set back to where they ended before.
constexpr char const* cut_off_last_two = "DELETE FROM audit WHERE sequence > 3;"
                                         "UPDATE audit_head SET sequence = 3,"
                                         " hash = (SELECT hash FROM audit WHERE sequence = 3)";

} // namespace

TEST_CASE("audit: a chain that nobody touched is whole, with and without checkpoints") {
    AuditBench bench;
    auto const early = bench.checkpoint();
    bench.append("claims_read");
    auto const verdict = bench.verify(early + bench.checkpoint());
    CHECK(verdict.faults.empty());
    CHECK(verdict.record_count == 6);
    CHECK(verdict.checkpoint_count == 2);
    CHECK(bench.whole());
}

TEST_CASE("audit: an edited record is found") {
    AuditBench bench;
    SECTION("its body") {
        bench.tamper(
            "UPDATE audit SET body = (SELECT body FROM audit WHERE sequence = 1) WHERE sequence = 3");
    }
    SECTION("a byte of its body") {
        bench.tamper("UPDATE audit SET body = substr(body, 2) WHERE sequence = 3");
    }
    SECTION("its hash") {
        bench.tamper("UPDATE audit SET hash = body WHERE sequence = 3");
    }
    CHECK_FALSE(bench.whole());
}

TEST_CASE("audit: a deleted record is found, at the beginning, in the middle and at the end") {
    AuditBench bench;
    auto const sequence = GENERATE(1, 3, 5);
    bench.tamper("DELETE FROM audit WHERE sequence = " + std::to_string(sequence));
    CHECK_FALSE(bench.whole());
}

TEST_CASE("audit: two records that changed places are found") {
    AuditBench bench;
    bench.tamper("UPDATE audit SET sequence = 100 WHERE sequence = 2;"
                 "UPDATE audit SET sequence = 2 WHERE sequence = 3;"
                 "UPDATE audit SET sequence = 3 WHERE sequence = 100");
    CHECK_FALSE(bench.whole());
}

TEST_CASE("audit: a chain cut off together with its head is missed by a checkpoint") {
    AuditBench bench;
    auto const outside = bench.checkpoint();
    bench.tamper(cut_off_last_two);
    CHECK(bench.whole()); // within the store nothing shows
    auto const faults = bench.verify(outside).faults;
    REQUIRE(faults.size() == 1);
    CHECK(faults[0].find("record 5") != std::string::npos);
}

TEST_CASE("audit: a chain cut off and written anew differs from its checkpoint") {
    AuditBench bench;
    auto const outside = bench.checkpoint();
    bench.tamper(cut_off_last_two);
    bench.append("home_read");
    bench.append("home_read");
    bench.append("home_read");
    CHECK(bench.whole());
    CHECK_FALSE(bench.whole(outside));
}

TEST_CASE("audit: a whole chain that is gone is missed by its head and by a checkpoint") {
    AuditBench bench;
    auto const outside = bench.checkpoint();
    bench.tamper("DELETE FROM audit");
    CHECK_FALSE(bench.whole());
    bench.tamper("DELETE FROM audit_head");
    CHECK(bench.whole());
    CHECK_FALSE(bench.whole(outside));
}

TEST_CASE("audit: a checkpoint that was changed or made up is told as such") {
    AuditBench bench;
    auto line = bench.checkpoint();
    line.replace(line.find("\"sequence\":5"), 12, "\"sequence\":3");
    CHECK_FALSE(bench.whole(line));
    CHECK_FALSE(bench.whole("{}\n"));
    test::ScratchFolder const other_folder;
    auto const other = Vault::create(other_folder.path).value();
    AuditLog const foreign(bench.clock, other.records, other.index, "node-1");
    CHECK_FALSE(bench.whole(write_checkpoint(foreign, {"node-1", 5, Bytes(32)}) + "\n"));
}

TEST_CASE("audit: the checkpoint file grows by a line each time a chain moved, the last when it ends") {
    AuditBench bench;
    auto const file = bench.folder.path / "checkpoints.jsonl";
    {
        CheckpointWriter writer(*bench.log, *bench.store, file);
        writer.write_now().value();
        writer.write_now().value();
        bench.append("home_read");
    }
    std::ifstream stream(file);
    std::string const text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    CHECK(checkpoint_lines(text).size() == 2);
    CHECK(bench.whole(text));
}

TEST_CASE("audit: a record that was undone with its change leaves the chain whole") {
    AuditBench bench;
    auto const outcome = bench.store->write([&](storage::Database& database) -> Result<void> {
        TRY(bench.log->append(database, AuditRecord{}));
        return error(ErrorKind::Refused, "changed_my_mind");
    });
    CHECK(outcome.has_error());
    bench.append("home_read");
    CHECK(bench.whole());
    CHECK(bench.verify().record_count == 6);
}

TEST_CASE("audit: nothing of a record can be read in the database file") {
    AuditBench bench;
    AuditRecord record;
    record.subject = "a-patient-nobody-should-read";
    bench.store->write([&](storage::Database& database) { return bench.log->append(database, record); })
        .value();
    bench.store.reset();
    std::ifstream stream(bench.scratch.file(), std::ios::binary);
    std::string const bytes((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    CHECK(bytes.find("nobody-should-read") == std::string::npos);
}
