#include "shared/domain/name_folding.h"
#include "tests/support/catch.h"

using namespace portico;

TEST_CASE("name folding: case, accents, blanks, hyphens and apostrophes make no other name") {
    CHECK(folded_name("Ana-María") == folded_name("ANA MARIA"));
    CHECK(folded_name("Ana\u2011Mari\u0301a") == "anamaria"); // a hyphen that does not break, an accent after
    CHECK(folded_name("O\u2019Sample") == folded_name("o'sample"));
    CHECK(folded_name("Nguy\u1EC5n") == "nguyen");
    CHECK(folded_name("Ph\u01B0\u01A1ng") == "phuong");
    CHECK(folded_name("\u1EA2nh") == folded_name("anh"));
    CHECK(folded_name("Mu\u00F1oz") == "munoz");
    CHECK(folded_name("\u0141ukasz") == "lukasz");
    CHECK(folded_name("St. Sample") == "stsample");
}

TEST_CASE("name folding: another letter is another name, and other scripts stay as they are") {
    CHECK(folded_name("Anna") != folded_name("Ana"));
    CHECK(folded_name("Sampl") != folded_name("Sample"));
    CHECK(folded_name("\u674E") == "\u674E");
    CHECK(folded_name("\u674E") != folded_name("\u738B"));
    CHECK(folded_name("").empty());
    CHECK(folded_name(" - ").empty());
    // Not UTF-8: each byte counts for itself, and none is read past the end.
    CHECK(folded_name("a\xC3") == "a\xC3");
    CHECK(folded_name("a\xE1\xBA") == "a\xE1\xBA");
}
