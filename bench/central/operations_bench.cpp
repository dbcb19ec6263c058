// Operations acknowledged durably, one at a time by each of 64 terminals, against SQLite alone doing the same
// statements with the same rows in batches of the same size.

#include "tests/central/operations_bench.h"
#include "bench/support/figure.h"
#include "bench/support/measure.h"

#include <atomic>
#include <cstdio>
#include <sqlite3.h>
#include <thread>

using namespace portico;
using namespace portico::bench;

namespace {

constexpr int terminal_count = 64;
constexpr int operations_each = 40;
constexpr int blocks = 3;

std::atomic<int> commits = 0;

/// For every connection of this program: counts its commits.
int count_commits(sqlite3* database, char const**, void const*) {
    sqlite3_commit_hook(
        database,
        [](void*) {
            ++commits;
            return 0;
        },
        nullptr);
    return SQLITE_OK;
}

std::string terminal_name(int number) {
    return "kiosk-" + std::to_string(number);
}

struct Pushed {
    double per_second = 0;
    double batch = 0;
};

Pushed push_all(test::OperationsBench& bench) {
    std::vector<std::vector<api::SealedOperation>> ready(terminal_count);
    for (int t = 0; t < terminal_count; ++t)
        for (int i = 0; i < operations_each; ++i)
            ready[static_cast<std::size_t>(t)].push_back(bench.seal(bench.report("", terminal_name(t))));
    commits = 0;
    std::atomic<int> wrong = 0;
    double const begin = wall_seconds();
    std::vector<std::thread> threads;
    for (int t = 0; t < terminal_count; ++t)
        threads.emplace_back([&, t] {
            for (auto const& each : ready[static_cast<std::size_t>(t)]) {
                auto const outcome = bench.push_sealed({each}, terminal_name(t));
                if (outcome.has_error() || outcome.value().outcomes.at(0).outcome != "applied")
                    ++wrong;
            }
        });
    for (auto& thread : threads)
        thread.join();
    double const seconds = wall_seconds() - begin;
    if (wrong != 0) {
        std::fprintf(stderr, "bench: %d operations were not applied\n", wrong.load());
        std::exit(1);
    }
    int const total = terminal_count * operations_each;
    return {total / seconds, double(total) / commits};
}

struct Row {
    std::vector<std::string> texts;
    std::vector<Bytes> blobs;
    std::vector<std::int64_t> integers;
};

/// All rows of one question, columns sorted out by what they are.
std::vector<Row> rows(storage::Database& database, char const* sql, std::string const& kinds) {
    std::vector<Row> all;
    auto query = database.prepare(sql).value();
    while (query.step().value()) {
        Row row;
        for (std::size_t i = 0; i < kinds.size(); ++i) {
            int const column = static_cast<int>(i);
            if (kinds[i] == 't')
                row.texts.push_back(query.text(column));
            else if (kinds[i] == 'b')
                row.blobs.push_back(query.blob(column));
            else
                row.integers.push_back(query.integer(column));
        }
        all.push_back(std::move(row));
    }
    return all;
}

/// What the ledger wrote, to be written again by SQLite alone.
struct Written {
    explicit Written(storage::Database& from)
        : operations(rows(from,
                          "SELECT terminal, id, kind, state, reason, body_hash, summary_sealed, sequence,"
                          " captured_us, received_us, settles_us FROM operation ORDER BY rowid",
                          "tttttbbiiii")),
          queue(rows(from,
                     "SELECT id, kind, terminal, operation, reason, detail_sealed, at_us FROM staff_queue"
                     " ORDER BY rowid",
                     "tttttbi")),
          audit(rows(from, "SELECT node, hash, body, sequence FROM audit ORDER BY rowid", "tbbi")) {}
    std::vector<Row> operations, queue, audit;
};

class RawSqlite {
public:
    explicit RawSqlite(storage::Database& database)
        : database_(database), known_(prepare("SELECT body_hash, terminal, state, reason FROM operation"
                                              " WHERE id = $1")),
          last_(prepare("SELECT last FROM terminal_sequence WHERE terminal = $1")),
          move_(prepare("INSERT INTO terminal_sequence (terminal, last) VALUES ($1, $2)"
                        " ON CONFLICT (terminal) DO UPDATE SET last = excluded.last")),
          queue_(
              prepare("INSERT INTO staff_queue (id, kind, terminal, operation, reason, detail_sealed, at_us,"
                      " done_us, done_by) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, '')")),
          operation_(prepare("INSERT INTO operation (terminal, id, body_hash, sequence, kind, state, reason,"
                             " patient_hash, captured_us, received_us, settles_us, summary_sealed)"
                             " VALUES ($1, $2, $3, $4, $5, $6, $7, NULL, $8, $9, $10, $11)")),
          head_(prepare("SELECT sequence, hash FROM audit_head WHERE node = $1")),
          audit_(prepare("INSERT INTO audit (node, sequence, hash, body) VALUES ($1, $2, $3, $4)")),
          move_head_(prepare("INSERT INTO audit_head (node, sequence, hash) VALUES ($1, $2, $3)"
                             " ON CONFLICT (node) DO UPDATE SET sequence = excluded.sequence,"
                             " hash = excluded.hash")),
          begin_(prepare("BEGIN IMMEDIATE")), commit_(prepare("COMMIT")), job_(prepare("SAVEPOINT job")),
          job_done_(prepare("RELEASE job")), rule_(prepare("SAVEPOINT rule")),
          rule_done_(prepare("RELEASE rule")) {}

    double per_second(Written const& written, std::size_t batch) {
        double const begin = wall_seconds();
        for (std::size_t i = 0; i < written.operations.size(); i += batch) {
            begin_.run().value();
            for (auto k = i; k < std::min(i + batch, written.operations.size()); ++k)
                one(written.operations[k], written.queue[k], written.audit[k]);
            commit_.run().value();
        }
        return double(written.operations.size()) / (wall_seconds() - begin);
    }

private:
    storage::Statement prepare(char const* sql) { return database_.prepare(sql).value(); }
    void one(Row const& operation, Row const& queue, Row const& audit) {
        job_.run().value();
        known_.bind(1, operation.texts[1]).run().value();
        last_.bind(1, operation.texts[0]).run().value();
        move_.bind(1, operation.texts[0]).bind(2, operation.integers[0]).run().value();
        rule_.run().value();
        for (int i = 0; i < 5; ++i)
            queue_.bind(i + 1, queue.texts[static_cast<std::size_t>(i)]);
        queue_.bind(6, ByteView(queue.blobs[0])).bind(7, queue.integers[0]).run().value();
        rule_done_.run().value();
        operation_.bind(1, operation.texts[0]).bind(2, operation.texts[1]);
        operation_.bind(3, ByteView(operation.blobs[0])).bind(4, operation.integers[0]);
        operation_.bind(5, operation.texts[2]).bind(6, operation.texts[3]).bind(7, operation.texts[4]);
        operation_.bind(8, operation.integers[1]).bind(9, operation.integers[2]);
        operation_.bind(10, operation.integers[3]).bind(11, ByteView(operation.blobs[1]));
        operation_.run().value();
        head_.bind(1, audit.texts[0]).run().value();
        audit_.bind(1, audit.texts[0]).bind(2, audit.integers[0]).bind(3, ByteView(audit.blobs[0]));
        audit_.bind(4, ByteView(audit.blobs[1])).run().value();
        move_head_.bind(1, audit.texts[0]).bind(2, audit.integers[0]);
        move_head_.bind(3, ByteView(audit.blobs[0])).run().value();
        job_done_.run().value();
    }

    storage::Database& database_;
    storage::Statement known_, last_, move_, queue_, operation_, head_, audit_, move_head_, begin_, commit_,
        job_, job_done_, rule_, rule_done_;
};

} // namespace

int main() {
    sqlite3_auto_extension(reinterpret_cast<void (*)()>(&count_commits));
    std::vector<double> ours, raw, batches;
    for (int block = 0; block < blocks; ++block) {
        test::OperationsBench bench;
        auto const pushed = push_all(bench);
        ours.push_back(pushed.per_second);
        batches.push_back(pushed.batch);
        auto from = bench.scratch.connect();
        Written const written(from);
        test::ScratchFolder const folder;
        auto database = storage::Database::open(folder.path / "raw.db").value();
        central::Core::migrate(database).value();
        raw.push_back(RawSqlite(database).per_second(written, static_cast<std::size_t>(pushed.batch + 0.5)));
    }
    std::printf("operations are committed %.0f at a time\n", median(batches));
    report({"operations_acknowledged", median(ours), "1/s", "SQLite alone, same statements and batch",
            median(raw), 0.9, Better::Higher});
    return 0;
}
