#include "shared/storage/database.h"
#include "tests/support/catch.h"
#include "tests/support/scratch_folder.h"

using namespace portico;
using namespace portico::storage;

TEST_CASE("sqlite: text with a zero byte and an empty blob come back as they went in") {
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

TEST_CASE("sqlite: a full disk is told as such and the transaction is not half done") {
    test::ScratchFolder const folder;
    auto database = Database::open(folder.path / "small.db").value();
    database.execute("CREATE TABLE t (b BLOB); PRAGMA max_page_count=8;").value();
    auto transaction = Transaction::begin(database).value();
    auto insert = database.prepare("INSERT INTO t VALUES ($1)").value();
    Bytes const large(100'000, 7);
    CHECK(insert.bind(1, ByteView(large)).run().error().kind == ErrorKind::Full);
}

TEST_CASE("sqlite: a backup taken while another connection writes opens and is whole") {
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
