#include "shared/domain/plain_text.h"
#include "tests/support/catch.h"

#include <string>

using namespace portico;

TEST_CASE("plain text: characters are counted, not bytes") {
    CHECK(character_count("") == 0);
    CHECK(character_count("Mar\u00EDa") == 5);
    CHECK(character_count("\u674E\U0001F600") == 2);
}

TEST_CASE("plain text: no control character, nothing that turns the direction, nothing that is not UTF-8") {
    CHECK(is_plain_text("Mar\u00EDa called. \u05D0"));
    CHECK(is_plain_text(""));
    CHECK(is_plain_text("\u00A0\u2029x")); // the neighbours of what is refused
    for (auto const* text : {"a\nb", "a\tb", "a\x1B[0m", "a\x7F", "a\u0085", "a\u009F",
                             "a\u202E"
                             "b",
                             "a\u2066", "\xC3", "\xFF"})
        CHECK_FALSE(is_plain_text(text));
    CHECK_FALSE(is_plain_text(std::string_view("a\0b", 3)));
}
