#include "shared/base/encoding.h"
#include "shared/domain/reason_codes.h"
#include "tests/support/catch.h"

#include <algorithm>
#include <set>
#include <string>

using namespace portico;

namespace {
constexpr auto carc = "https://x12.org/codes/claim-adjustment-reason-codes";
constexpr auto rarc = "https://x12.org/codes/remittance-advice-remark-codes";
} // namespace

TEST_CASE("reason codes: a code is known by its system, with or without its group") {
    auto const deductible = reason_meaning({carc, "1", ""});
    REQUIRE(deductible);
    CHECK(deductible->text_en.find("deductible") != std::string_view::npos);
    CHECK(reason_meaning({carc, "PR-1", ""})->code == "1");
    CHECK(reason_meaning({carc, "CO45", ""})->code == "45");
    CHECK(reason_meaning({"http://terminology.hl7.org/CodeSystem/CARC", "B13", ""})->code == "B13");
    CHECK(reason_meaning({rarc, "N130", ""})->code == "N130");
}

TEST_CASE("reason codes: what is the patient's to pay is not called a discount") {
    auto const discount = reason_meaning({carc, "CO-45", ""});
    auto const billed = reason_meaning({carc, "PR-45", ""});
    REQUIRE((discount && billed));
    CHECK(discount->text_en.find("discount") != std::string_view::npos);
    CHECK(billed->text_en.find("may bill you") != std::string_view::npos);
    CHECK(reason_meaning({carc, "29", ""})->text_en.find("do not owe") != std::string_view::npos);
    CHECK(reason_meaning({carc, "PR29", ""})->text_en.find("do not owe") == std::string_view::npos);
    CHECK(reason_meaning({carc, "PR-1", ""})->text_en == reason_meaning({carc, "1", ""})->text_en);
}

TEST_CASE("reason codes: an unknown code or another payer's list has no meaning of ours") {
    CHECK_FALSE(reason_meaning({carc, "99999", ""}));
    CHECK_FALSE(reason_meaning({"https://plan.example.org/reasons", "1", ""}));
    CHECK_FALSE(reason_meaning({"", "45", ""}));
    CHECK_FALSE(reason_meaning({rarc, "45", ""}));
    CHECK_FALSE(reason_meaning({carc, "", ""}));
    CHECK_FALSE(reason_meaning({carc, "CO-", ""}));
}

TEST_CASE("reason codes: every meaning stands once, in each language, short and as a sentence") {
    std::set<std::string_view> codes;
    for (std::size_t i = 0; i < reason_meaning_count(); ++i) {
        auto const& meaning = reason_meaning_at(i);
        CHECK(codes.insert(meaning.code).second);
        for (auto const text : {meaning.text_en, meaning.text_es, meaning.text_ar}) {
            CHECK(is_utf8(text));
            CHECK(text.size() >= 15);
            // Letters, of whatever script.
            CHECK(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }) <= 110);
            CHECK(text.back() == '.');
        }
        CHECK(meaning.text_en != meaning.text_es);
    }
    CHECK(codes.size() >= 40);
}

TEST_CASE("reason codes: every code the sample plan uses has a meaning") {
    for (auto const* code : {"1", "2", "3", "16", "22", "29", "45", "96", "97", "197", "204", "242"})
        CHECK(reason_meaning({carc, code, ""}));
}

TEST_CASE("reason codes: a network's status and a claim's state are no reasons for an amount") {
    for (auto const* status : {"innetwork", "outofnetwork", "denied", "paid"})
        CHECK_FALSE(
            says_why({"http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBPayerAdjudicationStatus", status, ""}));
    CHECK_FALSE(says_why({}));
    CHECK(says_why({"https://x12.org/codes/claim-adjustment-reason-codes", "45", ""}));
    CHECK(says_why({"urn:somebody's-own-list", "Z9", "Something only they know"}));
}
