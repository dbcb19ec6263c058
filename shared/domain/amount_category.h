#pragma once

#include "shared/domain/code.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace portico {

/// What an adjudicated amount stands for. Source: HL7 adjudication code system, CARIN Blue Button
/// C4BBAdjudication.
enum class AmountCategory : std::uint8_t {
    Submitted,
    Eligible, ///< the allowed amount
    Deductible,
    Copay,
    Coinsurance,
    Noncovered,
    PriorPayerPaid,
    Discount,
    Benefit, ///< what the plan pays
    PaidToProvider,
    PaidToPatient,
    PaidByPatient,
    PaidByPatientCash,
    PaidByPatientOther,
    PaidByPatientHealthAccount,
    MemberLiability,
    DrugCost,
    Tax,
    UnallocatedDeductible,
    Unmapped,
};

/// "submitted", "paidtoprovider", ..., "unmapped": the code as the code systems spell it.
std::string_view name(AmountCategory category);
std::optional<AmountCategory> amount_category_from_name(std::string_view code);

/// The one category an adjudication counts under: the first coding of HL7's adjudication code system;
/// else the first of C4BBAdjudication; else Synthea's Blue Button variables; else Unmapped.
AmountCategory amount_category(std::span<Code const> codings);

/// One row of the mapping, for `--help` and the documentation.
struct AmountCategoryMapping {
    std::string_view system;
    std::string_view code;
    AmountCategory category;
};
std::span<AmountCategoryMapping const> amount_category_mappings();

} // namespace portico
