#include "shared/domain/amount_category.h"
#include "tests/support/catch.h"

#include <set>
#include <vector>

using namespace portico;

namespace {
constexpr auto hl7 = "http://terminology.hl7.org/CodeSystem/adjudication";
constexpr auto carin = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBAdjudication";
constexpr auto blue_button = "https://bluebutton.cms.gov/resources/codesystem/adjudication";
constexpr auto variables = "https://bluebutton.cms.gov/resources/variables/";

AmountCategory of(std::vector<Code> const& codings) {
    return amount_category(codings);
}
Code variable(std::string const& name) {
    return {blue_button, variables + name, ""};
}
} // namespace

TEST_CASE("amount category: each code system is read by its own codes") {
    CHECK(of({{hl7, "submitted", ""}}) == AmountCategory::Submitted);
    CHECK(of({{hl7, "unallocdeduct", ""}}) == AmountCategory::UnallocatedDeductible);
    CHECK(of({{carin, "paidbypatienthealthaccount", ""}}) == AmountCategory::PaidByPatientHealthAccount);
    CHECK(of({variable("line_alowd_chrg_amt")}) == AmountCategory::Eligible);
    CHECK(of({variable("line_prvdr_pmt_amt")}) == AmountCategory::PaidToProvider);
    // A code of one system under the name of another is not that code.
    CHECK(of({{hl7, "coinsurance", ""}}) == AmountCategory::Unmapped);
    CHECK(of({{carin, "submitted", ""}}) == AmountCategory::Unmapped);
    CHECK(of({{"http://hl7.org/fhir/us/carin-bb/ValueSet/C4BBAdjudication", "discount", ""}}) ==
          AmountCategory::Unmapped);
    CHECK(of({{carin, "Discount", ""}}) == AmountCategory::Unmapped);
    CHECK(of({}) == AmountCategory::Unmapped);
}

TEST_CASE("amount category: HL7 goes before CARIN and CARIN before Blue Button, in any order of codings") {
    CHECK(of({variable("line_coinsrnc_amt"), {carin, "discount", ""}, {hl7, "benefit", ""}}) ==
          AmountCategory::Benefit);
    CHECK(of({variable("line_coinsrnc_amt"), {carin, "discount", ""}}) == AmountCategory::Discount);
    CHECK(of({{hl7, "copay", ""}, {hl7, "deductible", ""}}) == AmountCategory::Copay);
    // As Blue Button 2 writes a carrier line's payment.
    CHECK(of({{hl7, "benefit", ""}, variable("line_nch_pmt_amt")}) == AmountCategory::Benefit);
    CHECK(of({{hl7, "made-up", ""}, {carin, "noncovered", ""}}) == AmountCategory::Noncovered);
    CHECK(of({variable("line_prcsg_ind_cd")}) == AmountCategory::Unmapped);
}

TEST_CASE("amount category: the mapping table has the 24 rows of its three systems, each once") {
    std::set<std::pair<std::string_view, std::string_view>> rows;
    for (auto const& row : amount_category_mappings()) {
        CHECK(of({{std::string(row.system), std::string(row.code), ""}}) == row.category);
        rows.emplace(row.system, row.code);
    }
    CHECK(rows.size() == 24); // 7 of HL7, 12 of CARIN, 5 variables
    CHECK(amount_category_mappings().size() == 24);
}

TEST_CASE("amount category: every name leads back to its category") {
    for (int i = 0; i <= static_cast<int>(AmountCategory::Unmapped); ++i) {
        auto const category = static_cast<AmountCategory>(i);
        CHECK(amount_category_from_name(name(category)) == category);
    }
    CHECK(name(AmountCategory::UnallocatedDeductible) == "unallocdeduct");
    CHECK(name(AmountCategory::PriorPayerPaid) == "priorpayerpaid");
    CHECK_FALSE(amount_category_from_name("made-up"));
}
