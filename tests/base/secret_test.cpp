#include "shared/base/secret.h"
#include "tests/support/catch.h"

#include <cstring>
#include <vector>

using namespace portico;

namespace {

struct Named {
    std::string name;
    std::vector<int> numbers;
};

bool holds(void const* memory, std::size_t size, std::string_view word) {
    return ::memmem(memory, size, word.data(), word.size()) != nullptr;
}

} // namespace

TEST_CASE("secret: wiping a text overwrites all that it ever held, also behind its end") {
    // One that fits inside the string itself, and one that does not.
    for (std::string const word : {"Obsidian", "Obsidian Heron Clinic of Nowhere"}) {
        std::string text = word;
        text = "X"; // keeps the room of the longer one
        auto const* const memory = text.data();
        auto const size = text.capacity();
        REQUIRE(holds(memory, size, std::string_view(word).substr(2)));
        wipe(text);
        CHECK(text.empty());
        CHECK(text.data() == memory);
        CHECK_FALSE(holds(memory, size, std::string_view(word).substr(2)));
    }
}

TEST_CASE("secret: a renewed value is as new, in memory that holds nothing of the old one") {
    Named value{"Obsidian", {1, 2, 3}};
    value.name.clear();
    REQUIRE(holds(&value, sizeof value, "bsidian"));
    renew(value);
    CHECK(value.name.empty());
    CHECK(value.numbers.capacity() == 0);
    CHECK_FALSE(holds(&value, sizeof value, "bsidian"));
}
