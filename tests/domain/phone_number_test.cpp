#include "shared/domain/phone_number.h"
#include "tests/support/catch.h"

using portico::e164;

TEST_CASE("phone number: the ways to write one are one number") {
    for (auto const* written : {"617-555-0112", "(617) 555-0112", "617.555.0112", "6175550112",
                                "1-617-555-0112", "+1 617 555 0112", "+16175550112", "011 1 617 555 0112",
                                "617-555-0112 x12", "617-555-0112 ext. 12", "617-555-0112#12"})
        CHECK(e164(written) == "+16175550112");
    CHECK(e164("+44 20 7946 0000") == "+442079460000");
    CHECK(e164("011 44 20 7946 0000") == "+442079460000");
}

TEST_CASE("phone number: what is no whole number is none") {
    for (auto const* written :
         {"", "anonymous", "112", "555-0112", "+", "++16175550112", "1-617-555-HELP", "617-555-0112 or 0113",
          "617-555-0112 x", "26175550112", "+1617555011", "+161755501122", "+0123456789", "617\n555\n0112",
          "+12345678901234567", "617+5550112"})
        CHECK(e164(written).empty());
    CHECK(e164(std::string(65, '1')).empty());
}
