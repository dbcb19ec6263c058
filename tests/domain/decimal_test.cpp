#include "shared/domain/decimal.h"
#include "tests/support/catch.h"

using namespace portico;

namespace {
Decimal dec(std::string_view text) {
    return Decimal::parse(text).value();
}
std::string refusal(std::string_view text) {
    auto const result = Decimal::parse(text);
    return result ? "accepted" : result.error().reason;
}
std::int64_t cents(std::string_view text) {
    return dec(text).to_cents().value();
}
} // namespace

TEST_CASE("decimal: the source text is kept as it was written") {
    for (auto const* text : {"0", "-0.00", "103.32800000000002", "1E2", "86.10", "1.5e-3", "12345678901234"})
        CHECK(dec(text).text() == text);
}

TEST_CASE("decimal: amounts compare by value, not by text") {
    CHECK(dec("86.1") == dec("86.100"));
    CHECK(dec("1e2") == dec("100"));
    CHECK(dec("1.5E-1") == dec("0.15"));
    CHECK(dec("-0.00") == dec("0"));
    CHECK(dec("103.32800000000002") > dec("103.328"));
    CHECK(dec("-2") < dec("-1.99"));
}

TEST_CASE("decimal: an amount is rounded half to even, by itself") {
    CHECK(cents("103.32800000000002") == 10333);
    CHECK(cents("0.125") == 12);
    CHECK(cents("0.135") == 14);
    CHECK(cents("0.115") == 12);
    CHECK(cents("-0.125") == -12);
    CHECK(cents("-0.135") == -14);
    CHECK(cents("0.1250000000000001") == 13);
    CHECK(cents("0.005") == 0);
    CHECK(cents("0.015") == 2);
    CHECK(cents("7") == 700);
    CHECK(cents("7.1") == 710);
    // 0.125 + 0.125: each rounded and then added is 24, the exact sum rounded is 25.
    CHECK(cents("0.125") + cents("0.125") == 24);
    CHECK((dec("0.125") + dec("0.125")).to_cents().value() == 25);
}

TEST_CASE("decimal: whole cents are told from fractions of a cent") {
    CHECK(dec("86").is_whole_cents());
    CHECK(dec("86.10").is_whole_cents());
    CHECK(dec("86.1000").is_whole_cents());
    CHECK_FALSE(dec("86.001").is_whole_cents());
    CHECK_FALSE(dec("103.32800000000002").is_whole_cents());
}

TEST_CASE("decimal: sums and differences are exact where doubles are not") {
    CHECK((dec("0.1") + dec("0.2")) == dec("0.3"));
    CHECK((dec("516.64") - dec("103.32800000000002")).text() == "413.31199999999998");
    CHECK((dec("1") - dec("1.00")).is_zero());
    CHECK((-dec("2.50")).text() == "-2.50");
    CHECK((dec("99999999999999") + dec("0.000000000000000001")).text() ==
          "99999999999999.000000000000000001");
}

TEST_CASE("decimal: a million of the largest amounts can be added") {
    Decimal sum;
    for (int i = 0; i < 1'000'000; ++i)
        sum = sum + dec("99999999999999.0000000000000001");
    CHECK(sum.text() == "99999999999999000000.0000000001");
    CHECK(sum.to_cents().error().reason == "amount_out_of_range");
}

TEST_CASE("decimal: cents make a decimal with two places") {
    CHECK(Decimal::from_cents(8600).text() == "86.00");
    CHECK(Decimal::from_cents(-5).text() == "-0.05");
    CHECK(Decimal::from_cents(0).text() == "0.00");
    CHECK(Decimal::from_cents(-1234).to_cents().value() == -1234);
}

TEST_CASE("decimal: what JSON does not call a number is refused") {
    for (auto const* text :
         {"",      "-",  "+1", ".5",  "1.",       "01",  "-01",   "1e", "1e+",   "0x10",
          "1,000", " 1", "1 ", "NaN", "Infinity", "--1", "1.2.3", "$5", "1e5.5", "\xC2\xBD"})
        CHECK(refusal(text) == "decimal_invalid");
}

TEST_CASE("decimal: what money cannot be is refused as out of range") {
    CHECK(refusal("1e400") == "decimal_out_of_range");
    CHECK(refusal("-1e400") == "decimal_out_of_range");
    CHECK(refusal("1e-400") == "decimal_out_of_range");
    CHECK(refusal("1e99999999999999999999") == "decimal_out_of_range");
    CHECK(refusal("100000000000000") == "decimal_out_of_range");                  // 10^14
    CHECK(refusal("0.0000000000000000001") == "decimal_out_of_range");            // 19 decimals
    CHECK(refusal("12345678901234.12345678901234567") == "decimal_out_of_range"); // 31 digits
    CHECK(refusal(std::string(2000, '1')) == "decimal_out_of_range");
    // Zeros at the end carry no information and are no reason to refuse.
    CHECK(refusal("0.10000000000000000000000") == "accepted");
    CHECK(refusal("0e400") == "accepted");
    CHECK(dec("0e400").is_zero());
}

TEST_CASE("decimal: cents beyond 10^15 are refused and those up to it are not") {
    CHECK(cents("10000000000000") == 1'000'000'000'000'000);
    CHECK(dec("10000000000000.01").to_cents().error().reason == "amount_out_of_range");
    CHECK(dec("-10000000000000.01").to_cents().error().reason == "amount_out_of_range");
}
