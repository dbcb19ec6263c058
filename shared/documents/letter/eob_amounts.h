#pragma once

#include "shared/domain/eob.h"

#include <array>
#include <optional>

namespace portico::documents {

/// The money columns of the letter's table, in order.
enum class EobColumn : std::uint8_t {
    Charged,
    Allowed,
    OtherInsurance,
    Deductible,
    Copay,
    Coinsurance,
    NotCovered,
    PlanPaid,
    YourShare,
};
inline constexpr std::array eob_columns{EobColumn::Charged,    EobColumn::Allowed,  EobColumn::OtherInsurance,
                                        EobColumn::Deductible, EobColumn::Copay,    EobColumn::Coinsurance,
                                        EobColumn::NotCovered, EobColumn::PlanPaid, EobColumn::YourShare};

/// What a line says, in cents; nothing when it says nothing. US dollars only. The share is the stated
/// liability, else deductible + copay + coinsurance + not covered, as in `dollar_flow`.
std::optional<Money> line_amount(EobLine const& line, EobColumn column);
/// The same of the whole EOB.
std::optional<Money> total_amount(Eob const& eob, EobColumn column);

/// Any amount in the picture or the table below zero.
bool has_negative_amount(Eob const& eob);
/// No amount at all.
bool has_no_amounts(Eob const& eob);

} // namespace portico::documents
