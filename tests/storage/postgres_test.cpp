#include "shared/storage/postgres/connect.h"
#include "shared/storage/postgres/schema_text.h"
#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/support/scratch_database.h"

#include <future>

using namespace portico;
using namespace portico::storage;
using test::eventually;
using test::PostgresServer;

namespace {

Result<Database> connect(std::string const& uri, OpenMode mode = OpenMode::ReadWrite) {
    return connect_postgres(TRY(PostgresAddress::parse(uri)), mode);
}

std::int64_t count_rows(Database& database) {
    auto query = database.prepare("SELECT count(*) FROM t").value();
    REQUIRE(query.step().value());
    return query.integer(0);
}

/// A server that waits for a standby which is not there, while this stands.
class StandbyAway {
public:
    StandbyAway() { PostgresServer::ours().want_standby(PostgresServer::Standby::OneThatIsAway); }
    StandbyAway(StandbyAway const&) = delete;
    StandbyAway& operator=(StandbyAway const&) = delete;
    ~StandbyAway() { PostgresServer::ours().want_standby(PostgresServer::Standby::None); }
};

std::string setting(Database& database, std::string const& name) {
    auto query = database.prepare("SELECT current_setting($1)").value();
    query.bind(1, name);
    REQUIRE(query.step().value());
    return query.text(0);
}

} // namespace

TEST_CASE("postgres: schema text is translated by words, and quotes and comments are left alone") {
    CHECK(postgres_schema_text("CREATE TABLE t (a TEXT NOT NULL, b BLOB, n INTEGER) STRICT;") ==
          "CREATE TABLE t (a TEXT COLLATE \"C\" NOT NULL, b BYTEA, n BIGINT) ;");
    CHECK(postgres_schema_text("INSERT INTO t VALUES ('TEXT ''BLOB'' STRICT') -- INTEGER") ==
          "INSERT INTO t VALUES ('TEXT ''BLOB'' STRICT') -- INTEGER");
    CHECK(postgres_schema_text("SELECT \"TEXT\", TEXT_1, MYTEXT FROM t -- it's\n, BLOB") ==
          "SELECT \"TEXT\", TEXT_1, MYTEXT FROM t -- it's\n, BYTEA");
    CHECK(postgres_schema_text("") == "");
    CHECK(postgres_schema_text("'open") == "'open");
}

TEST_CASE("postgres: an address is shown and kept without its password, and a wrong one is not repeated") {
    auto const address = PostgresAddress::parse(
                             "postgresql://desk:s3cret%2Fword@db1.example.org:5433,db2.example.org:5434/plan"
                             "?sslmode=verify-full&sslpassword=0ther")
                             .value();
    CHECK(address.password() == "s3cret/word");
    CHECK(address.shown() == "db1.example.org,db2.example.org:5433,5434/plan");
    auto const kept = address.without_secrets();
    CHECK(kept.find("s3cret") == std::string::npos);
    CHECK(kept.find("0ther") == std::string::npos);
    auto const again = PostgresAddress::parse(kept).value();
    CHECK(again.options().at("host") == "db1.example.org,db2.example.org");
    CHECK(again.options().at("sslmode") == "verify-full");
    CHECK(again.options().at("user") == "desk");
    for (auto const* wrong :
         {"postgresql://desk:s3cret%zz@host/plan", "mysql://desk:s3cret@host/plan",
          "postgresql://desk:s3cret@host/plan?no_such_option=1", "host=db password=s3cret"}) {
        auto const refused = PostgresAddress::parse(wrong);
        REQUIRE(refused.has_error());
        CHECK(refused.error().reason == "database_address");
        CHECK(refused.error().message.find("s3cret") == std::string::npos);
    }
}

TEST_CASE("postgres: a server that is not there is named with the way out, and without the password") {
    auto const refused = connect("postgresql://desk:s3cret@127.0.0.1:1/plan");
    REQUIRE(refused.has_error());
    CHECK(refused.error().kind == ErrorKind::Unavailable);
    CHECK(refused.error().reason == "database_unavailable");
    CHECK(refused.error().message.find("127.0.0.1:1/plan") != std::string::npos);
    CHECK(refused.error().message.find("--database") != std::string::npos);
    CHECK(refused.error().message.find("s3cret") == std::string::npos);
}

TEST_CASE("postgres: a database that is not in UTF8 is refused, and told how to make one") {
    auto const refused = connect(PostgresServer::ours().new_database("SQL_ASCII"));
    REQUIRE(refused.has_error());
    CHECK(refused.error().reason == "database_encoding");
    CHECK(refused.error().message.find("ENCODING 'UTF8'") != std::string::npos);
}

TEST_CASE("postgres: text is compared byte by byte in a database that sorts as a language does") {
    auto database = connect(PostgresServer::ours().new_database("UTF8", "en-US")).value();
    database.execute("CREATE TABLE t (a TEXT PRIMARY KEY) STRICT").value();
    database.execute("INSERT INTO t VALUES ('a'), ('B'), ('b'), ('A')").value();
    auto query = database.prepare("SELECT a FROM t WHERE a >= $1 ORDER BY a").value();
    query.bind(1, std::string_view("B"));
    std::string order;
    while (query.step().value())
        order += query.text(0);
    CHECK(order == "Bab");
}

TEST_CASE("postgres: a commit is on disk when it returns, whatever the database's own setting says") {
    auto const uri = PostgresServer::ours().new_database();
    auto admin = PostgresServer::ours().administrator();
    admin.execute("ALTER DATABASE " + uri.substr(uri.rfind('/') + 1) + " SET synchronous_commit = off")
        .value();
    auto database = connect(uri).value();
    CHECK(setting(database, "synchronous_commit") == "on");
    CHECK(setting(database, "fsync") == "on");
    PostgresServer::ours().cut_connections(uri);
    CHECK(Transaction::begin(database).has_value()); // and after the connection was opened again
    CHECK(setting(database, "synchronous_commit") == "on");
}

TEST_CASE("postgres: what was acknowledged is there after the server crashed") {
    auto& server = PostgresServer::ours();
    auto const uri = server.new_database();
    auto database = connect(uri).value();
    database.execute("CREATE TABLE t (n INTEGER) STRICT").value();
    for (int n = 0; n < 20; ++n) {
        auto transaction = Transaction::begin(database).value();
        database.execute("INSERT INTO t VALUES (1)").value();
        transaction.commit().value();
    }
    server.crash_and_start_again();
    auto again = connect(uri).value();
    CHECK(count_rows(again) == 20);
}

TEST_CASE("postgres: a commit that no standby has confirmed is not told to be kept when its wait is ended") {
    auto& server = PostgresServer::ours();
    auto database = connect(server.new_database()).value();
    database.execute("CREATE TABLE t (n INTEGER) STRICT").value();
    StandbyAway const away;
    auto transaction = Transaction::begin(database).value();
    database.execute("INSERT INTO t VALUES (1)").value();
    auto outcome = std::async(std::launch::async, [&] { return transaction.commit(); });
    REQUIRE(eventually([&] { return server.end_waits_for_standby() > 0; }));
    auto const ended = outcome.get();
    REQUIRE(ended.has_error());
    CHECK(ended.error().kind == ErrorKind::Unavailable);
    CHECK(ended.error().reason == "commit_unconfirmed");
    // On this machine alone: a fail-over would lose it.
    CHECK(count_rows(database) == 1);
}

TEST_CASE("postgres: who commits while the standby is away is told so, not kept waiting without an end") {
    auto& server = PostgresServer::ours();
    auto const uri = server.new_database();
    auto database = connect(uri).value();
    database.execute("CREATE TABLE t (n INTEGER) STRICT").value();
    {
        StandbyAway const away;
        auto transaction = Transaction::begin(database).value();
        database.execute("INSERT INTO t VALUES (1)").value();
        auto const ended = transaction.commit();
        REQUIRE(ended.has_error());
        CHECK(ended.error().reason == "commit_unconfirmed");
        auto other = connect(uri).value();
        CHECK(count_rows(other) == 0); // nobody sees it before it is confirmed
    }
    // The standby is given up, or is back.
    REQUIRE(eventually([&] { return count_rows(database) == 1; }));
    auto transaction = Transaction::begin(database).value();
    database.execute("INSERT INTO t VALUES (2)").value();
    transaction.commit().value();
    CHECK(count_rows(database) == 2);
}

TEST_CASE(
    "postgres: a transaction whose connection is cut fails clearly, nothing of it is kept, the next works") {
    auto& server = PostgresServer::ours();
    auto const uri = server.new_database();
    auto database = connect(uri).value();
    database.execute("CREATE TABLE t (n INTEGER) STRICT").value();
    {
        auto transaction = Transaction::begin(database).value();
        database.execute("INSERT INTO t VALUES (1)").value();
        server.cut_connections(uri);
        auto const first = database.execute("INSERT INTO t VALUES (2)");
        REQUIRE(first.has_error());
        CHECK(first.error().kind == ErrorKind::Unavailable);
        CHECK(first.error().reason == "database_unavailable");
        // Not on a new connection, outside of any transaction.
        CHECK(database.execute("INSERT INTO t VALUES (3)").error().reason == "database_unavailable");
        CHECK(database.prepare("INSERT INTO t VALUES (4)").value().run().error().reason ==
              "database_unavailable");
        CHECK(transaction.commit().error().reason == "database_unavailable");
    }
    auto transaction = Transaction::begin(database).value();
    database.execute("INSERT INTO t VALUES (5)").value();
    transaction.commit().value();
    CHECK(count_rows(database) == 1);
}

TEST_CASE("postgres: a write outside of a transaction whose connection was cut fails once") {
    auto& server = PostgresServer::ours();
    auto const uri = server.new_database();
    auto database = connect(uri).value();
    database.execute("CREATE TABLE t (n INTEGER) STRICT").value();
    server.cut_connections(uri);
    CHECK(database.execute("INSERT INTO t VALUES (1)").error().reason == "database_unavailable");
    database.execute("INSERT INTO t VALUES (1)").value();
    CHECK(count_rows(database) == 1);
}

TEST_CASE("postgres: a reader whose idle connection was cut does not notice") {
    auto& server = PostgresServer::ours();
    auto const uri = server.new_database();
    connect(uri).value().execute("CREATE TABLE t (n INTEGER) STRICT").value();
    auto reader = connect(uri, OpenMode::ReadOnly).value();
    CHECK(count_rows(reader) == 0);
    server.cut_connections(uri);
    CHECK(count_rows(reader) == 0);
    server.cut_connections(uri);
    auto const moment = Transaction::begin_read(reader);
    CHECK(moment.has_value());
    CHECK(setting(reader, "default_transaction_read_only") == "on");
}

TEST_CASE("postgres: a transaction with a failed statement does not end as if it were kept") {
    auto database = connect(PostgresServer::ours().new_database()).value();
    database.execute("CREATE TABLE t (n INTEGER PRIMARY KEY) STRICT").value();
    auto transaction = Transaction::begin(database).value();
    database.execute("INSERT INTO t VALUES (1)").value();
    CHECK(database.execute("INSERT INTO t VALUES (1)").has_error());
    CHECK(transaction.commit().has_error());
    CHECK(count_rows(database) == 0);
}

TEST_CASE("postgres: text that the server cannot hold is the caller's fault, not ours") {
    auto database = connect(PostgresServer::ours().new_database()).value();
    database.execute("CREATE TABLE t (a TEXT) STRICT").value();
    for (auto const text : {std::string_view("a\0b", 3), std::string_view("\xFF")}) {
        auto const outcome = database.prepare("INSERT INTO t VALUES ($1)").value().bind(1, text).run();
        REQUIRE(outcome.has_error());
        CHECK(outcome.error().kind == ErrorKind::InvalidInput);
        CHECK(outcome.error().reason == "text_invalid");
    }
}

TEST_CASE("postgres: a column of a type that nobody reads is told, not read as 0") {
    auto database = connect(PostgresServer::ours().new_database()).value();
    auto query = database.prepare("SELECT 1.5").value();
    auto const outcome = query.step();
    REQUIRE(outcome.has_error());
    CHECK(outcome.error().reason == "sql");
}

TEST_CASE("postgres: more statements than a connection keeps are made again as they are wanted") {
    auto database = connect(PostgresServer::ours().new_database()).value();
    auto first = database.prepare("SELECT 0").value();
    for (int n = 0; n < 900; ++n) {
        auto query = database.prepare("SELECT " + std::to_string(n)).value();
        REQUIRE(query.step().value());
        REQUIRE(query.integer(0) == n);
    }
    REQUIRE(first.step().value());
    CHECK(first.integer(0) == 0);
}
