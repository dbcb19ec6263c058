#include "shared/storage/database.h"
#include "tests/support/catch.h"
#include "tests/support/scratch_folder.h"

#include <optional>

using namespace portico;
using namespace portico::storage;

TEST_CASE("database: a transaction that is not committed leaves nothing behind") {
    auto database = Database::in_memory().value();
    database.execute("CREATE TABLE t (n INTEGER) STRICT").value();
    {
        auto transaction = Transaction::begin(database).value();
        database.execute("INSERT INTO t VALUES (1)").value();
    }
    auto count = database.prepare("SELECT count(*) FROM t").value();
    REQUIRE(count.step().value());
    CHECK(count.integer(0) == 0);
}

TEST_CASE("database: text with a zero byte and an empty blob come back as they went in") {
    auto database = Database::in_memory().value();
    database.execute("CREATE TABLE t (a TEXT, b BLOB NOT NULL, c TEXT)").value();
    auto insert = database.prepare("INSERT INTO t VALUES ($1, $2, $3)").value();
    insert.bind(1, std::string_view("a\0b", 3)).bind(2, ByteView{}).bind_null(3).run().value();
    auto query = database.prepare("SELECT a, b, c FROM t").value();
    REQUIRE(query.step().value());
    CHECK(query.text(0) == std::string("a\0b", 3));
    CHECK(query.blob(1).empty());
    CHECK(query.is_null(2));
}

TEST_CASE("database: parameters are bound by their number, in whatever order the statement names them") {
    auto database = Database::in_memory().value();
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
}

TEST_CASE("database: migrations run once each and a newer file is refused") {
    auto database = Database::in_memory().value();
    migrate(database, "part", {{"part", 1, "CREATE TABLE one (n INTEGER)"}}).value();
    migrate(
        database, "part",
        {{"part", 1, "CREATE TABLE one (n INTEGER)"}, {"part", 2, "ALTER TABLE one ADD COLUMN m INTEGER"}})
        .value();
    CHECK(database.execute("SELECT m FROM one").has_value());
    CHECK(migrate(database, "part", {{"part", 1, ""}}).error().reason == "schema_newer");
}

TEST_CASE("database: a full disk is told as such and the transaction is not half done") {
    test::ScratchFolder const folder;
    auto database = Database::open(folder.path / "small.db").value();
    database.execute("CREATE TABLE t (b BLOB); PRAGMA max_page_count=8;").value();
    auto transaction = Transaction::begin(database).value();
    auto insert = database.prepare("INSERT INTO t VALUES ($1)").value();
    Bytes const large(100'000, 7);
    CHECK(insert.bind(1, ByteView(large)).run().error().kind == ErrorKind::Full);
}

TEST_CASE("database: a backup taken while another connection writes opens and is whole") {
    test::ScratchFolder const folder;
    auto database = Database::open(folder.path / "live.db").value();
    database.execute("CREATE TABLE t (n INTEGER) STRICT; INSERT INTO t VALUES (1),(2),(3)").value();
    auto other = Database::open(folder.path / "live.db").value();
    auto transaction = Transaction::begin(other).value();
    other.execute("INSERT INTO t VALUES (4)").value();
    database.backup_to(folder.path / "copy.db").value();
    auto copy = Database::open(folder.path / "copy.db", OpenMode::ReadOnly).value();
    auto count = copy.prepare("SELECT count(*) FROM t").value();
    REQUIRE(count.step().value());
    CHECK(count.integer(0) == 3);
}

TEST_CASE("database: parameters are bound by their number, wherever they stand in the statement") {
    auto database = Database::in_memory().value();
    database.execute("CREATE TABLE t (a TEXT, b TEXT) STRICT; INSERT INTO t VALUES ('one', '$1')").value();
    auto update = database.prepare("UPDATE t SET b = $2 WHERE a = $1 AND b = '$1'").value();
    update.bind(1, std::string_view("one")).bind(2, std::string_view("two")).run().value();
    CHECK(database.changed_rows() == 1);
    auto query = database.prepare("SELECT b FROM t WHERE a = $1 OR a = $1").value();
    query.bind(1, std::string_view("one"));
    REQUIRE(query.step().value());
    CHECK(query.text(0) == "two");
}

TEST_CASE("database: a statement that was given back is handed out clean, two of one text are two") {
    auto database = Database::in_memory().value();
    database.execute("CREATE TABLE t (n INTEGER, word TEXT) STRICT").value();
    char const* const add = "INSERT INTO t VALUES ($1, $2)";
    database.prepare(add).value().bind(1, 1).bind(2, std::string_view("one")).run().value();
    database.prepare(add).value().bind(1, 2).run().value();
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

TEST_CASE("database: a statement may outlive its connection") {
    auto database = std::optional(Database::in_memory().value());
    auto kept = std::optional(database->prepare("SELECT 1").value());
    database.reset();
    REQUIRE(kept->step().value());
    CHECK(kept->integer(0) == 1);
    kept.reset();
}
