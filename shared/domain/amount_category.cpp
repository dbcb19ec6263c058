#include "shared/domain/amount_category.h"

#include <array>

namespace portico {

namespace {

constexpr std::string_view hl7 = "http://terminology.hl7.org/CodeSystem/adjudication";
constexpr std::string_view carin = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBAdjudication";
constexpr std::string_view blue_button = "https://bluebutton.cms.gov/resources/codesystem/adjudication";

using enum AmountCategory;

/// The whole mapping. Systems in the order they are asked.
constexpr std::array mappings{
    AmountCategoryMapping{hl7, "submitted", Submitted},
    AmountCategoryMapping{hl7, "eligible", Eligible},
    AmountCategoryMapping{hl7, "deductible", Deductible},
    AmountCategoryMapping{hl7, "copay", Copay},
    AmountCategoryMapping{hl7, "benefit", Benefit},
    AmountCategoryMapping{hl7, "tax", Tax},
    AmountCategoryMapping{hl7, "unallocdeduct", UnallocatedDeductible},

    AmountCategoryMapping{carin, "coinsurance", Coinsurance},
    AmountCategoryMapping{carin, "noncovered", Noncovered},
    AmountCategoryMapping{carin, "priorpayerpaid", PriorPayerPaid},
    AmountCategoryMapping{carin, "discount", Discount},
    AmountCategoryMapping{carin, "paidtoprovider", PaidToProvider},
    AmountCategoryMapping{carin, "paidtopatient", PaidToPatient},
    AmountCategoryMapping{carin, "paidbypatient", PaidByPatient},
    AmountCategoryMapping{carin, "paidbypatientcash", PaidByPatientCash},
    AmountCategoryMapping{carin, "paidbypatientother", PaidByPatientOther},
    AmountCategoryMapping{carin, "paidbypatienthealthaccount", PaidByPatientHealthAccount},
    AmountCategoryMapping{carin, "memberliability", MemberLiability},
    AmountCategoryMapping{carin, "drugcost", DrugCost},

    // Synthea writes nothing but these.
    AmountCategoryMapping{blue_button, "https://bluebutton.cms.gov/resources/variables/line_sbmtd_chrg_amt",
                          Submitted},
    AmountCategoryMapping{blue_button, "https://bluebutton.cms.gov/resources/variables/line_alowd_chrg_amt",
                          Eligible},
    AmountCategoryMapping{
        blue_button, "https://bluebutton.cms.gov/resources/variables/line_bene_ptb_ddctbl_amt", Deductible},
    AmountCategoryMapping{blue_button, "https://bluebutton.cms.gov/resources/variables/line_coinsrnc_amt",
                          Coinsurance},
    AmountCategoryMapping{blue_button, "https://bluebutton.cms.gov/resources/variables/line_prvdr_pmt_amt",
                          PaidToProvider},
};

/// In the order of the enumerators; those of HL7 and CARIN are spelled as there.
constexpr std::array<std::string_view, 20> category_codes{
    "submitted",
    "eligible",
    "deductible",
    "copay",
    "coinsurance",
    "noncovered",
    "priorpayerpaid",
    "discount",
    "benefit",
    "paidtoprovider",
    "paidtopatient",
    "paidbypatient",
    "paidbypatientcash",
    "paidbypatientother",
    "paidbypatienthealthaccount",
    "memberliability",
    "drugcost",
    "tax",
    "unallocdeduct",
    "unmapped",
};
static_assert(category_codes.size() == static_cast<std::size_t>(Unmapped) + 1);

} // namespace

std::string_view name(AmountCategory category) {
    return category_codes.at(static_cast<std::size_t>(category));
}

std::optional<AmountCategory> amount_category_from_name(std::string_view code) {
    for (std::size_t i = 0; i < category_codes.size(); ++i)
        if (category_codes[i] == code)
            return static_cast<AmountCategory>(i);
    return std::nullopt;
}

AmountCategory amount_category(std::span<Code const> codings) {
    for (auto const system : {hl7, carin, blue_button})
        for (auto const& coding : codings) {
            if (coding.system != system)
                continue;
            for (auto const& row : mappings)
                if (row.system == system && row.code == coding.code)
                    return row.category;
        }
    return Unmapped;
}

std::span<AmountCategoryMapping const> amount_category_mappings() {
    return mappings;
}

} // namespace portico
