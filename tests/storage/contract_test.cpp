#include "shared/storage/database.h"
#include "tests/support/contract.h"

#include <limits>
#include <optional>
#include <thread>

using namespace portico;
using namespace portico::storage;

namespace {

std::int64_t number(Database& database, std::string_view sql) {
    auto query = database.prepare(sql).value();
    REQUIRE(query.step().value());
    return query.integer(0);
}

} // namespace

CONTRACT_TEST("a transaction that is not committed leaves nothing behind") {
    auto database = scratch.connect();
    database.execute("CREATE TABLE t (n INTEGER) STRICT").value();
    {
        auto transaction = Transaction::begin(database).value();
        database.execute("INSERT INTO t VALUES (1)").value();
    }
    CHECK(number(database, "SELECT count(*) FROM t") == 0);
    auto transaction = Transaction::begin(database).value();
    database.execute("INSERT INTO t VALUES (2)").value();
    transaction.commit().value();
    auto other = scratch.connect(OpenMode::ReadOnly);
    CHECK(number(other, "SELECT n FROM t") == 2);
}

CONTRACT_TEST(
    "values come back as they went in: the widest integers, texts in any script, bytes of all kinds") {
    auto database = scratch.connect();
    database.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, a TEXT, b BLOB NOT NULL) STRICT")
        .value();
    Bytes all;
    for (int byte = 0; byte < 256; ++byte)
        all.push_back(static_cast<std::uint8_t>(byte));
    struct Row {
        std::int64_t n;
        std::string a;
        Bytes b;
    };
    std::vector<Row> const rows{
        {std::numeric_limits<std::int64_t>::min(), "", {}},
        {std::numeric_limits<std::int64_t>::max(), "\xC3\xA9 \xD8\xB9 \xE1\x9E\x81 \\x41 '$1'", all},
        {-1, "STRICT BLOB INTEGER TEXT", Bytes(100'000, 7)},
        {0, std::string(70'000, 'x'), {0}}};
    for (std::size_t i = 0; i < rows.size(); ++i)
        database.prepare("INSERT INTO t (id, n, a, b) VALUES ($1, $2, $3, $4)")
            .value()
            .bind(1, static_cast<std::int64_t>(i))
            .bind(2, rows[i].n)
            .bind(3, rows[i].a)
            .bind(4, ByteView(rows[i].b))
            .run()
            .value();
    auto query = database.prepare("SELECT n, a, b FROM t WHERE n = $1 AND a = $2 AND b = $3").value();
    for (auto const& row : rows) {
        query.bind(1, row.n).bind(2, row.a).bind(3, ByteView(row.b));
        REQUIRE(query.step().value());
        CHECK(query.integer(0) == row.n);
        CHECK(query.text(1) == row.a);
        CHECK(query.blob(2) == row.b);
        CHECK_FALSE(query.is_null(2));
        query.reset();
    }
}

CONTRACT_TEST("NULL reads as 0 and empty, and can be told from both") {
    auto database = scratch.connect();
    database.execute("CREATE TABLE t (n INTEGER, a TEXT, b BLOB) STRICT").value();
    auto insert = database.prepare("INSERT INTO t VALUES ($1, $2, $3)").value();
    insert.bind_null(1).bind(2, std::optional<std::string>()).bind_null(3).run().value();
    insert.bind(1, 0).bind(2, std::optional<std::string>("")).bind(3, ByteView{}).run().value();
    auto query = database.prepare("SELECT n, a, b FROM t ORDER BY n IS NULL DESC").value();
    for (bool const null : {true, false}) {
        REQUIRE(query.step().value());
        for (int column = 0; column < 3; ++column)
            CHECK(query.is_null(column) == null);
        CHECK(query.integer(0) == 0);
        CHECK(query.text(1).empty());
        CHECK(query.blob(2).empty());
    }
    CHECK_FALSE(query.step().value());
}

CONTRACT_TEST("text is compared and sorted byte by byte") {
    auto database = scratch.connect();
    database.execute("CREATE TABLE t (a TEXT PRIMARY KEY) STRICT").value();
    database.execute("INSERT INTO t VALUES ('a'), ('B'), ('b'), ('_'), ('\xC3\xA4'), ('Z')").value();
    auto query = database.prepare("SELECT a FROM t WHERE a > $1 ORDER BY a").value();
    query.bind(1, std::string_view("B"));
    std::string order;
    while (query.step().value())
        order += query.text(0);
    CHECK(order == "Z_ab\xC3\xA4");
}

CONTRACT_TEST(
    "parameters are bound by their number, in whatever order and how often the statement names them") {
    auto database = scratch.connect();
    database.execute("CREATE TABLE t (id TEXT, n INTEGER, word TEXT) STRICT").value();
    database.execute("INSERT INTO t VALUES ('a', 1, 'one'), ('$1', 2, 'two')").value();
    auto update = database.prepare("UPDATE t SET n = $2, word = $3 WHERE id = $1 AND id <> '$1'").value();
    update.bind(1, std::string_view("a")).bind(2, 7).bind(3, std::string_view("seven")).run().value();
    CHECK(database.changed_rows() == 1);
    auto query = database.prepare("SELECT n, word FROM t WHERE n > $1 AND n < $2 AND n > $1").value();
    query.bind(1, 5).bind(2, 9);
    REQUIRE(query.step().value());
    CHECK(query.integer(0) == 7);
    CHECK(query.text(1) == "seven");
    CHECK(database.changed_rows() == 1); // a query changes nothing
}

CONTRACT_TEST("migrations run once each and a newer schema is refused") {
    auto database = scratch.connect();
    migrate(database, "part", {{"part", 1, "CREATE TABLE one (n INTEGER) STRICT"}}).value();
    migrate(database, "part",
            {{"part", 1, "CREATE TABLE one (n INTEGER) STRICT"},
             {"part", 2, "ALTER TABLE one ADD COLUMN m TEXT NOT NULL DEFAULT ''"}})
        .value();
    CHECK(database.execute("SELECT m FROM one").has_value());
    CHECK(migrate(database, "part", {{"part", 1, ""}}).error().reason == "schema_newer");
}

CONTRACT_TEST(
    "an older program works on beside a step that only adds, and is refused after one that takes away") {
    Migration const first{"part", 1, "CREATE TABLE one (n INTEGER) STRICT"};
    Migration const adds{"part", 2, "ALTER TABLE one ADD COLUMN m TEXT", 1};
    Migration const takes{"part", 3, "ALTER TABLE one DROP COLUMN n"};
    Migration const adds_again{"part", 4, "ALTER TABLE one ADD COLUMN o TEXT", 3};
    auto older = scratch.connect();
    auto newer = scratch.connect();
    migrate(older, "part", {first}).value();
    migrate(newer, "part", {first, adds}).value();
    CHECK(check_schema(older, older.known_schema()).has_value());
    CHECK(older.execute("INSERT INTO one (n) VALUES (1)").has_value());
    CHECK(migrate(older, "part", {first}).has_value()); // as at its start
    CHECK(number(newer, "SELECT count(*) FROM one") == 1);

    migrate(newer, "part", {first, adds, takes}).value();
    CHECK(check_schema(older, older.known_schema()).error().reason == "schema_newer");
    CHECK(check_schema(newer, newer.known_schema()).has_value());
    CHECK(migrate(older, "part", {first}).error().reason == "schema_newer");
    // What is added later hides nothing of what was taken away.
    migrate(newer, "part", {first, adds, takes, adds_again}).value();
    CHECK(migrate(older, "part", {first, adds}).error().reason == "schema_newer");
    CHECK(migrate(older, "part", {first, adds, takes}).has_value());
}

CONTRACT_TEST("two programs that bring one database up to date at once do it once") {
    std::vector<std::thread> programs;
    std::vector<std::string> faults(4);
    for (auto& fault : faults)
        programs.emplace_back([&scratch, &fault] {
            auto database = scratch.connect();
            auto const outcome = migrate(database, "part",
                                         {{"part", 1, "CREATE TABLE one (n INTEGER) STRICT"},
                                          {"part", 2, "CREATE INDEX one_n ON one (n)"}});
            if (outcome.has_error())
                fault = outcome.error().message;
        });
    for (auto& program : programs)
        program.join();
    for (auto const& fault : faults)
        CHECK(fault.empty());
}

CONTRACT_TEST("a migration that fails leaves nothing of itself") {
    auto database = scratch.connect();
    CHECK(migrate(database, "part",
                  {{"part", 1, "CREATE TABLE one (n INTEGER) STRICT; CREATE TABLE one (m INTEGER)"}})
              .has_error());
    migrate(database, "part", {{"part", 1, "CREATE TABLE one (n INTEGER) STRICT"}}).value();
    CHECK(number(database, "SELECT count(*) FROM one") == 0);
}

CONTRACT_TEST(
    "a broken constraint is a conflict, and a savepoint before it keeps the rest of the transaction") {
    auto database = scratch.connect();
    database.execute("CREATE TABLE t (n INTEGER PRIMARY KEY, word TEXT NOT NULL) STRICT").value();
    auto transaction = Transaction::begin(database).value();
    database.execute("INSERT INTO t VALUES (1, 'one')").value();
    for (auto const* sql : {"INSERT INTO t VALUES (1, 'two')", "INSERT INTO t VALUES (2, NULL)"}) {
        database.execute("SAVEPOINT here").value();
        auto const outcome = database.prepare(sql).value().run();
        REQUIRE(outcome.has_error());
        CHECK(outcome.error().kind == ErrorKind::Conflict);
        CHECK(outcome.error().reason == "constraint");
        database.execute("ROLLBACK TO here").value();
        database.execute("RELEASE here").value();
    }
    transaction.commit().value();
    CHECK(number(database, "SELECT count(*) FROM t") == 1);
}

CONTRACT_TEST("a statement with a mistake says so, and names no value") {
    auto database = scratch.connect();
    auto const outcome = [&]() -> Result<void> {
        auto query = TRY(database.prepare("SELECT n FROM nowhere WHERE n = $1"));
        return query.bind(1, std::string_view("a-secret")).run();
    }();
    REQUIRE(outcome.has_error());
    CHECK(outcome.error().reason == "sql");
    INFO(outcome.error().message);
    CHECK(outcome.error().message.find("nowhere") != std::string::npos);
    CHECK(outcome.error().message.find("a-secret") == std::string::npos);
}

CONTRACT_TEST("a connection for reading writes nothing") {
    scratch.connect().execute("CREATE TABLE t (n INTEGER) STRICT").value();
    auto reader = scratch.connect(OpenMode::ReadOnly);
    auto const outcome = reader.execute("INSERT INTO t VALUES (1)");
    REQUIRE(outcome.has_error());
    CHECK(outcome.error().reason == "database_unavailable");
    CHECK(number(reader, "SELECT count(*) FROM t") == 0);
}

CONTRACT_TEST("a transaction for reading sees one moment while others write") {
    auto writer = scratch.connect();
    writer.execute("CREATE TABLE t (n INTEGER) STRICT").value();
    auto reader = scratch.connect(OpenMode::ReadOnly);
    {
        auto const moment = Transaction::begin_read(reader).value();
        CHECK(number(reader, "SELECT count(*) FROM t") == 0);
        auto transaction = Transaction::begin(writer).value();
        writer.execute("INSERT INTO t VALUES (1)").value();
        transaction.commit().value();
        CHECK(number(reader, "SELECT count(*) FROM t") == 0);
    }
    CHECK(number(reader, "SELECT count(*) FROM t") == 1);
}

CONTRACT_TEST("writers that read before they write lose no update") {
    scratch.connect().execute("CREATE TABLE t (n INTEGER NOT NULL) STRICT; INSERT INTO t VALUES (0)").value();
    constexpr int threads_count = 4;
    constexpr int rounds = 25;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < threads_count; ++thread)
        threads.emplace_back([&scratch] {
            auto database = scratch.connect();
            for (int round = 0; round < rounds; ++round) {
                auto transaction = Transaction::begin(database).value();
                auto query = database.prepare("SELECT n FROM t").value();
                if (!query.step().value())
                    std::abort();
                auto const seen = query.integer(0);
                query.reset();
                database.prepare("UPDATE t SET n = $1").value().bind(1, seen + 1).run().value();
                transaction.commit().value();
            }
        });
    for (auto& thread : threads)
        thread.join();
    auto database = scratch.connect();
    CHECK(number(database, "SELECT n FROM t") == threads_count * rounds);
}

CONTRACT_TEST("a statement that was given back is handed out clean, two of one text are two") {
    auto database = scratch.connect();
    database.execute("CREATE TABLE t (n INTEGER, word TEXT) STRICT").value();
    char const* const add = "INSERT INTO t VALUES ($1, $2)";
    database.prepare(add).value().bind(1, 1).bind(2, std::string_view("one")).run().value();
    database.prepare(add).value().bind(1, 2).bind_null(2).run().value();
    char const* const ask = "SELECT n, word FROM t ORDER BY n";
    {
        auto first = database.prepare(ask).value();
        auto second = database.prepare(ask).value();
        REQUIRE(first.step().value());
        REQUIRE(first.step().value());
        REQUIRE(second.step().value());
        CHECK(first.integer(0) == 2);
        CHECK(first.is_null(1)); // the word bound before is forgotten
        CHECK(second.integer(0) == 1);
    }
    auto again = database.prepare(ask).value();
    REQUIRE(again.step().value());
    CHECK(again.integer(0) == 1);
    // A changed schema is noticed by a statement that was parsed before.
    again.reset();
    database.execute("ALTER TABLE t ADD COLUMN more INTEGER").value();
    database.execute("DROP TABLE t").value();
    CHECK(database.prepare(ask).value().step().has_error());
}

CONTRACT_TEST("rows are read while other statements of the connection run") {
    auto database = scratch.connect();
    database.execute("CREATE TABLE t (n INTEGER) STRICT; INSERT INTO t VALUES (1), (2), (3)").value();
    auto transaction = Transaction::begin(database).value();
    auto query = database.prepare("SELECT n FROM t WHERE n < 10 ORDER BY n").value();
    std::int64_t sum = 0;
    while (query.step().value()) {
        sum += query.integer(0);
        database.prepare("INSERT INTO t VALUES ($1)").value().bind(1, query.integer(0) + 10).run().value();
    }
    transaction.commit().value();
    CHECK(sum == 6);
    CHECK(number(database, "SELECT count(*) FROM t") == 6);
}

CONTRACT_TEST("an insert gives back what it made, once") {
    auto database = scratch.connect();
    database.execute("CREATE TABLE counter (name TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT").value();
    auto next = database
                    .prepare("INSERT INTO counter (name, last) VALUES ($1, 1)"
                             " ON CONFLICT (name) DO UPDATE SET last = counter.last + 1 RETURNING last")
                    .value();
    for (int wanted = 1; wanted <= 3; ++wanted) {
        next.bind(1, std::string_view("a"));
        REQUIRE(next.step().value());
        CHECK(next.integer(0) == wanted);
        next.run().value();
    }
    CHECK(number(database, "SELECT last FROM counter") == 3);
}

CONTRACT_TEST("a statement may outlive its connection") {
    auto database = std::optional(scratch.connect());
    auto kept = std::optional(database->prepare("SELECT 1").value());
    database.reset();
    REQUIRE(kept->step().value());
    CHECK(kept->integer(0) == 1);
    kept.reset();
}
