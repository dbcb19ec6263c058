#include "shared/config/reader.h"
#include "tests/support/catch.h"
#include "tests/support/scratch_folder.h"

#include <fstream>

using namespace portico;
using config::Reader;

namespace {
/// What `finish` says about `toml` when a program knows listen, mail.port, mail.secure and names.
std::string mistakes(std::string const& toml) {
    auto reader = Reader::parse(toml, "central.toml").value();
    reader.text("listen", "localhost:0");
    reader.integer("mail.port", {1, 65535}, 25);
    reader.boolean("mail.secure", true);
    reader.texts("names");
    auto const outcome = reader.finish();
    return outcome.has_error() ? outcome.error().message : "";
}
} // namespace

TEST_CASE("configuration: values are read with their types, and absent ones take their fallback") {
    auto reader =
        Reader::parse("listen = \"h:1\"\nnames = [\"a\", \"b\"]\n[mail]\nport = 2525\n", "x.toml").value();
    CHECK(reader.text("listen") == "h:1");
    CHECK(reader.integer("mail.port", {1, 65535}) == 2525);
    CHECK(reader.boolean("mail.secure", true));
    CHECK(reader.texts("names") == std::vector<std::string>{"a", "b"});
    CHECK(reader.finish().has_value());
}

TEST_CASE("configuration: an unknown key is named with its file and line") {
    CHECK(mistakes("listen = \"h:1\"\n[mail]\nprot = 2525\n") == "central.toml:3: unknown key mail.prot");
    CHECK(mistakes("[male]\nport = 1\n") == "central.toml:2: unknown key male.port");
}

TEST_CASE("configuration: a wrong type is named with its file, line and key") {
    CHECK(mistakes("\nlisten = 5\n") == "central.toml:2: listen must be a text in quotes");
    CHECK(mistakes("[mail]\nport = \"25\"\n") == "central.toml:2: mail.port must be a whole number");
    CHECK(mistakes("[mail]\nsecure = 1\n") == "central.toml:2: mail.secure must be true or false");
    CHECK(mistakes("names = [1]\n") == "central.toml:1: names must be a list of texts in quotes");
    CHECK(mistakes("[listen]\na = 1\n") ==
          "central.toml: listen must be a text in quotes, not a table\ncentral.toml:2: unknown key listen.a");
    CHECK(mistakes("listen = 1979-05-27\n") == "central.toml:1: listen must be a text in quotes");
}

TEST_CASE("configuration: a number out of range and an unknown word are refused by name") {
    CHECK(mistakes("[mail]\nport = 70000\n") == "central.toml:2: mail.port must be from 1 to 65535");
    auto reader = Reader::parse("theme = \"darkish\"", "k.toml").value();
    reader.word("theme", {"light", "dark"}, "light");
    CHECK(reader.finish().error().message == "k.toml:1: theme must be one of \"light\", \"dark\"");
}

TEST_CASE("configuration: every mistake is told at once, in the order of the lines") {
    CHECK(mistakes("zzz = 1\nlisten = 5\n[mail]\nport = 0\n") ==
          "central.toml:1: unknown key zzz\ncentral.toml:2: listen must be a text in quotes\n"
          "central.toml:4: mail.port must be from 1 to 65535");
}

TEST_CASE("configuration: a key that must be there is named when it is missing") {
    auto reader = Reader::parse("", "k.toml").value();
    reader.text("central");
    CHECK(reader.finish().error().message == "k.toml: central is missing: it must be a text in quotes");
}

TEST_CASE("configuration: a syntax error names the line, and a file that is not there is told as such") {
    auto const broken = Reader::parse("a = 1\nb = = 2\n", "k.toml");
    REQUIRE(broken.has_error());
    CHECK(broken.error().message.rfind("k.toml:2: ", 0) == 0);
    CHECK(Reader::parse("a = 1\na = 2\n", "k.toml").error().reason == "config_syntax");
    test::ScratchFolder const folder;
    CHECK(Reader::open(folder.path / "none.toml").error().reason == "config_missing");
    std::ofstream(folder.path / "one.toml") << "n = 3\n";
    auto reader = Reader::open(folder.path / "one.toml").value();
    CHECK(reader.integer("n", {0, 9}) == 3);
}

TEST_CASE("configuration: a table's header with a typing error is told with its line and ends nothing") {
    for (auto const* header :
         {"[[desk Y]]", "[desk Y]", "[[desk]", "[desk]]", "[desk", "[[", "[]", "[[]]", "[desk.]", "[\"desk]",
          "[[desk\t=]]", "[mail] port = 1", "[}", "[\xd0\xb0 ]x", "pl\xc3\xa1n = 1"}) {
        auto const broken = Reader::parse("a = 1\n" + std::string(header) + "\nb = 2\n", "k.toml");
        INFO(header);
        REQUIRE(broken.has_error());
        CHECK(broken.error().reason == "config_syntax");
        CHECK(broken.error().message.rfind("k.toml:", 0) == 0);
        CHECK(broken.error().message.size() > std::string("k.toml:2: ").size());
    }
    for (auto const* header : {"[[desk Y]]", "[}", "[desk Y]\n[[", "\xc3\xa9 = 1"})
        CHECK(Reader::parse("a = 1\n" + std::string(header) + "\nb = 2\n", "k.toml")
                  .error()
                  .message.rfind("k.toml:2: ", 0) == 0);
}

TEST_CASE("configuration: tables of an array are counted and asked one by one") {
    auto reader =
        Reader::parse("[[desk]]\nname = \"a\"\n[[desk]]\nname = \"b\"\nfloor = 2\n", "k.toml").value();
    REQUIRE(reader.table_count("desk") == 2);
    CHECK(reader.text("desk[0].name") == "a");
    CHECK(reader.text("desk[1].name") == "b");
    CHECK(reader.finish().error().message == "k.toml:5: unknown key desk[1].floor");
}
