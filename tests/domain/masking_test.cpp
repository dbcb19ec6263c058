#include "shared/domain/masking.h"
#include "tests/support/catch.h"

using namespace portico;

TEST_CASE("masking: a phone shows its last two digits, an email the first characters of both parts") {
    CHECK(masked_phone("617-555-0112") == "(***) ***-**12");
    CHECK(masked_phone("+1 (617) 555 0198") == "(***) ***-**98");
    CHECK(masked_phone("555-0110") == "(***) ***-**10");
    CHECK(masked_phone("911") == "(***) ***-****");
    CHECK(masked_phone("").empty());
    CHECK(masked_email("alex@example.org") == "a***@e***");
    CHECK(masked_email("\u00E9va@example.org") == "\u00E9***@e***");
    CHECK(masked_email("a@b") == "a***@b***");
    CHECK(masked_email("not one") == "***");
    CHECK(masked_email("").empty());
}

TEST_CASE("masking: of a number, a year and a name as little") {
    CHECK(last_four("PRT 4711 A12B") == "A12B");
    CHECK(last_four("M-123456") == "456");
    CHECK(last_four("M-123").empty());
    CHECK(last_four("").empty());
    CHECK(masked_year(Date{1980, 2, 3}) == "19**");
    CHECK(masked_year(Date{2005, 0, 0}) == "20**");
    CHECK(masked_year(Date{}).empty());
    CHECK(initial("Sample") == "S.");
    CHECK(initial("\u00C1vila") == "\u00C1.");
    CHECK(initial("").empty());
}
