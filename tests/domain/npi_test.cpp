#include "shared/domain/npi.h"
#include "tests/support/catch.h"

using namespace portico;

TEST_CASE("npi: the check digit is Luhn over 80840 and the number") {
    CHECK(is_valid_npi("1234567893")); // the standard's own example
    CHECK(npi_check_digit("123456789") == '3');
    CHECK(is_valid_npi("1245319599"));
    for (auto const* npi :
         {"1234567890", "1234567892", "1234567983", "", "160", "12345678931", "123456789x", "99999999999999"})
        CHECK_FALSE(is_valid_npi(npi));
    CHECK(npi_check_digit("12345678") == '\0');
}

TEST_CASE("npi: exactly one last digit fits nine others") {
    int valid = 0;
    for (char last = '0'; last <= '9'; ++last)
        valid += is_valid_npi(std::string("199900001") + last) ? 1 : 0;
    CHECK(valid == 1);
}
