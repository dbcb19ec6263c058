#include "central/commands/commands.h"
#include "central/http/call.h"
#include "central/operations/ledger.h"
#include "shared/base/rfc3339.h"
#include "shared/base/uuid.h"
#include "tests/central/serving_bench.h"
#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/support/must.h"
#include "tests/support/rounds.h"

#include <algorithm>
#include <set>
#include <thread>

using namespace portico;
using namespace portico::test;

namespace {

constexpr int writer_count = 3;
constexpr std::uint64_t rounds_in_suite = 2;

/// Terminals that push operations into a central in this process, one after the other, as fast as they are
/// answered.
class Writers {
public:
    explicit Writers(central::Core& core) : core_(core) {
        for (int number = 0; number < writer_count; ++number)
            threads_.emplace_back([this, number](std::stop_token const& stop) {
                std::int64_t sequence = 0;
                while (!stop.stop_requested())
                    push("kiosk-" + std::to_string(number), ++sequence);
            });
    }
    /// Of those that were acknowledged so far.
    std::set<std::string> acknowledged() const {
        std::lock_guard const lock(guard_);
        return acknowledged_;
    }
    std::size_t count() const { return acknowledged().size(); }

private:
    void push(std::string const& terminal, std::int64_t sequence) {
        api::Operation operation;
        operation.id = make_uuid_v7(clock_);
        operation.captured_at = to_rfc3339(clock_.now());
        operation.sequence = sequence;
        operation.report_directory_error =
            api::ReportDirectoryError{"none/none", "phone", "It rings a bakery."};
        auto const box =
            must(crypto::seal_to(core_.vault.sealing.public_key, as_bytes(api::to_json(operation))));
        central::Caller const caller{TerminalId(terminal), "kiosk", std::nullopt};
        central::Call call{*core_.services, caller, "", "", {}, "", "operations_pushed", false, 0};
        must(core_.operations->push(call, {{{operation.id, to_base64url(box)}}}));
        std::lock_guard const lock(guard_);
        acknowledged_.insert(operation.id);
    }

    central::Core& core_;
    SystemClock clock_;
    mutable std::mutex guard_;
    std::set<std::string> acknowledged_;
    std::vector<std::jthread> threads_;
};

/// What a database holds of them. Checks that it is one moment: no effect without its operation, none twice,
/// and of each terminal all up to some number.
std::set<std::string> check_one_moment(storage::Database database) {
    std::set<std::string> held;
    auto query = must(database.prepare("SELECT id FROM operation"));
    while (must(query.step()))
        held.insert(query.text(0));
    for (auto const* never :
         {"SELECT count(*) FROM operation WHERE id NOT IN (SELECT operation FROM staff_queue)",
          "SELECT count(*) FROM staff_queue WHERE operation NOT IN (SELECT id FROM operation)",
          "SELECT count(*) - count(DISTINCT operation) FROM staff_queue",
          "SELECT count(*) FROM terminal_sequence WHERE last <> (SELECT count(*) FROM operation WHERE"
          " operation.terminal = terminal_sequence.terminal)"}) {
        INFO(never);
        auto count = must(database.prepare(never));
        REQUIRE(must(count.step()));
        CHECK(count.integer(0) == 0);
    }
    return held;
}

struct Restored {
    std::filesystem::path data;
    std::string database; ///< of PostgreSQL
};

void back_up_and_restore(ServingBench const& bench, Writers const& writers, std::uint64_t round) {
    auto const copy = (bench.folder.path / ("copy-" + std::to_string(round))).string();
    Restored const restored{bench.folder.path / ("restored-" + std::to_string(round)),
                            bench.scratch.server_address().empty() ? ""
                                                                   : PostgresServer::ours().new_database()};
    auto const before = writers.acknowledged();
    REQUIRE(central::backup_command(std::vector<std::string>{"--data", bench.data.string(), "--to", copy}) ==
            0);
    // They wrote on meanwhile.
    auto const after = writers.count();
    REQUIRE(eventually([&] { return writers.count() > after; }));
    std::vector<std::string> restore{"--data", restored.data.string(),        "--from", copy,
                                     "--keys", (bench.data / "keys").string()};
    if (!restored.database.empty())
        restore.insert(restore.end(), {"--database", restored.database});
    REQUIRE(central::restore_command(restore) == 0);
    CHECK(central::audit_command(std::vector<std::string>{"verify", "--data", restored.data.string()}) == 0);
    {
        auto const held = check_one_moment(
            must(must(central::StoreAddress::parse(restored.database, restored.data)).connect()));
        CHECK(std::includes(held.begin(), held.end(), before.begin(), before.end()));
        CHECK(before.size() > 0);
    }
    std::filesystem::remove_all(copy);
    std::filesystem::remove_all(restored.data);
    if (!restored.database.empty())
        must(PostgresServer::ours().administrator().execute(
            "DROP DATABASE " + restored.database.substr(restored.database.rfind('/') + 1) + " WITH (FORCE)"));
}

void run_rounds(StoreEngine engine) {
    ServingBench bench(central::ServerLimits{}, engine);
    Writers const writers(bench.core());
    REQUIRE(eventually([&] { return writers.count() >= 10; }));
    for (auto const round : Rounds(rounds_in_suite)) {
        INFO("round " << round);
        back_up_and_restore(bench, writers, round);
    }
}

} // namespace

TEST_CASE("backup under load on sqlite: what is restored is one moment, whole, with all that was "
          "acknowledged before",
          "[rounds]") {
    run_rounds(StoreEngine::Sqlite);
}

TEST_CASE("backup under load on postgres: what is restored is one moment, whole, with all that was "
          "acknowledged before",
          "[rounds]") {
    run_rounds(StoreEngine::Postgres);
}
