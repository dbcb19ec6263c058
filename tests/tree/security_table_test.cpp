#include "tests/support/catch.h"
#include "tests/support/places.h"
#include "tests/tree/named_tests.h"

using namespace portico::test;

TEST_CASE("security table: each test that docs/security.md names is there") {
    CHECK_FALSE(is_there(std::string("memory: what nobody ") + "has written ...")); // else it stands here
    CHECK_FALSE(is_there("fuzz.nothing_fuzz"));
    auto const table = contents(source_dir() + "/docs/security.md");
    auto const rows = table.substr(table.find("## "));
    auto const names = quoted(rows);
    REQUIRE(names.size() > 40);
    for (auto const& name : names) {
        INFO(name);
        CHECK(is_there(name));
    }
}
