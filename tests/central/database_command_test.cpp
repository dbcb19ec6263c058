#include "central/commands/commands.h"
#include "central/commands/with_core.h"
#include "central/settings.h"
#include "tests/support/catch.h"
#include "tests/support/places.h"
#include "tests/support/scratch_database.h"

#include <cstdlib>
#include <fstream>
#include <sstream>

using namespace portico;
using namespace portico::central;
using test::PostgresServer;

namespace {

struct CommandsBench {
    CommandsBench() { ::setenv("PORTICO_ASSETS", (test::source_dir() + "/assets").c_str(), 1); }

    int init(std::string const& database, std::string const& folder = "data") const {
        return init_command(std::vector<std::string>{"--data", (scratch.path / folder).string(),
                                                     "--plan-name", "Testville Health Plan", "--database",
                                                     database});
    }
    static int run(int (*command)(std::span<std::string const>), std::vector<std::string> const& args) {
        return command(args);
    }
    std::string data() const { return (scratch.path / "data").string(); }
    std::string settings() const {
        std::stringstream text;
        text << std::ifstream(scratch.path / "data" / "central.toml").rdbuf();
        return text.str();
    }

    test::ScratchFolder scratch;
};

/// The address with a password in it, which the server of the tests does not ask for.
std::string with_password(std::string address) {
    auto const user = std::string("postgres@");
    return address.replace(address.find(user), user.size(), "postgres:s3cret@");
}

storage::Database connect(std::string const& address) {
    return storage::connect_postgres(storage::PostgresAddress::parse(address).value()).value();
}

} // namespace

TEST_CASE(
    "database command: init names the database once, without its password, and later commands find it") {
    CommandsBench const bench;
    auto const address = PostgresServer::ours().new_database();
    REQUIRE(bench.init(with_password(address)) == 0);
    CHECK(bench.settings().find("s3cret") == std::string::npos);
    CHECK_FALSE(read_settings(bench.data()).value().database.empty());
    REQUIRE(bench.run(terminal_command, {"add", "--data", bench.data(), "--name", "Lobby"}) == 0);
    CHECK_FALSE(std::filesystem::exists(std::filesystem::path(bench.data()) / "central.db"));
    auto database = connect(address);
    auto count = database.prepare("SELECT count(*) FROM terminal").value();
    REQUIRE(count.step().value());
    CHECK(count.integer(0) == 1);
}

TEST_CASE("database command: --database takes another database for one command") {
    CommandsBench const bench;
    REQUIRE(bench.init(PostgresServer::ours().new_database()) == 0);
    auto const other = PostgresServer::ours().new_database();
    REQUIRE(bench.run(terminal_command, {"add", "--data", bench.data(), "--database", other}) == 0);
    auto database = connect(other);
    auto count = database.prepare("SELECT count(*) FROM terminal").value();
    REQUIRE(count.step().value());
    CHECK(count.integer(0) == 1);
}

TEST_CASE("database command: init makes nothing when its database is not there, not in UTF8, or another "
          "central's") {
    CommandsBench const bench;
    auto const taken = PostgresServer::ours().new_database();
    REQUIRE(bench.init(taken, "first") == 0);
    CHECK(bench.init(taken) == 1);
    CHECK(bench.init("postgresql://127.0.0.1:1/nowhere") == 1);
    CHECK(bench.init(PostgresServer::ours().new_database("SQL_ASCII")) == 1);
    CHECK(bench.init("mysql://somewhere/else") != 0);
    CHECK_FALSE(std::filesystem::exists(bench.data()));
    CHECK(bench.init(PostgresServer::ours().new_database()) == 0);
}

TEST_CASE("database command: a schema that a newer program has taken too far is refused by every command") {
    CommandsBench const bench;
    auto const address = PostgresServer::ours().new_database();
    REQUIRE(bench.init(address) == 0);
    SystemClock clock;
    connect(address).execute("UPDATE schema_version SET version = 99 WHERE component = 'audit'").value();
    REQUIRE(Core::open(std::filesystem::path(bench.data()), clock).has_value()); // it only added
    connect(address).execute("UPDATE schema_floor SET oldest = 99 WHERE component = 'audit'").value();
    auto const opened = Core::open(std::filesystem::path(bench.data()), clock);
    REQUIRE(opened.has_error());
    CHECK(opened.error().reason == "schema_newer");
    CHECK(bench.run(audit_command, {"verify", "--data", bench.data()}) == 1);
}

TEST_CASE("database command: audit verify reads the server's audit, and finds what was edited there") {
    CommandsBench const bench;
    auto const address = PostgresServer::ours().new_database();
    REQUIRE(bench.init(address) == 0);
    for (int i = 0; i < 3; ++i)
        REQUIRE(bench.run(terminal_command, {"add", "--data", bench.data()}) == 0);
    CHECK(bench.run(audit_command, {"verify", "--data", bench.data()}) == 0);
    CHECK(bench.run(audit_command, {"export", "--data", bench.data()}) == 0);
    connect(address).execute("UPDATE audit SET body = hash WHERE sequence = 2").value();
    CHECK(bench.run(audit_command, {"verify", "--data", bench.data()}) == 1);
}

TEST_CASE("database command: a backup of a server goes into a server, one of a file into a file") {
    CommandsBench const bench;
    auto const keys = bench.data() + "/keys";
    auto const copy = (bench.scratch.path / "copy").string();
    auto const target = (bench.scratch.path / "target").string();
    REQUIRE(bench.init(PostgresServer::ours().new_database()) == 0);
    REQUIRE(bench.run(backup_command, {"--data", bench.data(), "--to", copy}) == 0);
    // Its own database is not empty, and nothing is made.
    CHECK(bench.run(restore_command, {"--data", target, "--from", copy, "--keys", keys}) == 1);
    CHECK_FALSE(std::filesystem::exists(target));
    auto const address = PostgresServer::ours().new_database();
    REQUIRE(bench.run(restore_command, {"--data", target, "--from", copy, "--keys", keys, "--database",
                                        with_password(address)}) == 0);
    CHECK(read_settings(target).value().database.find("s3cret") == std::string::npos);
    // The restored folder works on the restored database.
    REQUIRE(bench.run(terminal_command, {"add", "--data", target}) == 0);
    auto database = connect(address);
    auto count = database.prepare("SELECT count(*) FROM terminal").value();
    REQUIRE(count.step().value());
    CHECK(count.integer(0) == 1);

    auto const file_data = (bench.scratch.path / "file").string();
    auto const file_copy = (bench.scratch.path / "file-copy").string();
    REQUIRE(bench.run(init_command, {"--data", file_data, "--plan-name", "Testville Health Plan"}) == 0);
    REQUIRE(bench.run(backup_command, {"--data", file_data, "--to", file_copy}) == 0);
    CHECK(bench.run(restore_command,
                    {"--data", target + "-2", "--from", file_copy, "--keys", file_data + "/keys",
                     "--database", PostgresServer::ours().new_database()}) != 0);
    CHECK_FALSE(std::filesystem::exists(target + "-2"));
}

TEST_CASE("settings: another database is written in its place, and all else stays") {
    auto const text = settings_text("Plan \"One\"", {"localhost"});
    auto const first = with_database(text, "postgresql:///one");
    auto const second = with_database(first, "postgresql:///two");
    CHECK(second.find("postgresql:///one") == std::string::npos);
    CHECK(second.find("database = \"postgresql:///two\"") < second.find("[audit]"));
    CHECK(with_database(second, "postgresql:///one") == first);
    CHECK(text.find("database") == std::string::npos);
    test::ScratchFolder const folder;
    std::ofstream(folder.path / "central.toml") << second;
    CHECK(read_settings(folder.path).value().database == "postgresql:///two");
}
