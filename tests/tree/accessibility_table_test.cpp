#include "tests/support/catch.h"
#include "tests/support/places.h"
#include "tests/tree/named_tests.h"

#include <set>

using namespace portico::test;

namespace {

/// First cell of each row whose first cell is one quoted word.
std::set<std::string> rows_of(std::string const& page) {
    std::set<std::string> rows;
    std::regex const row("\n\\| `([a-z_]+)` \\|");
    for (auto at = std::sregex_iterator(page.begin(), page.end(), row); at != std::sregex_iterator(); ++at)
        rows.insert((*at)[1]);
    return rows;
}

/// Rules that the audit's sources tell of.
std::set<std::string> rules() {
    std::set<std::string> found;
    std::regex const told("(?:tell\\(|\\{\\{?)\"([a-z_]+)\",");
    for (auto const* file : {"audit.cpp", "audit_structure.cpp"}) {
        auto const text = contents(source_dir() + "/shared/ui/" + file);
        for (auto at = std::sregex_iterator(text.begin(), text.end(), told); at != std::sregex_iterator();
             ++at)
            found.insert((*at)[1]);
    }
    return found;
}

} // namespace

TEST_CASE("accessibility table: each rule of the audit has its row, and no row is without a rule") {
    auto const page = contents(source_dir() + "/docs/accessibility.md");
    auto const found = rules();
    REQUIRE(found.size() > 15);
    CHECK(rows_of(page) == found);
}

TEST_CASE("accessibility table: each test that docs/accessibility.md names is there") {
    auto const names = quoted(contents(source_dir() + "/docs/accessibility.md"));
    REQUIRE(names.size() > 40);
    for (auto const& name : names) {
        INFO(name);
        CHECK(is_there(name));
    }
}
