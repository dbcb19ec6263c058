#pragma once

#include "central/sample/claims.h"

namespace portico::central::sample {

/// What was decided on a line, in cents.
struct LineFigures {
    std::int64_t charge = 0, allowed = 0, discount = 0, noncovered = 0, deductible = 0, copay = 0,
                 coinsurance = 0, prior_payer = 0, benefit = 0, liability = 0;
    std::int64_t share() const { return deductible + copay + coinsurance; }
};

void add_to(LineFigures& sum, LineFigures const& line);

// How a made-up payer states what it decided. Source: CARIN Blue Button, C4BBAdjudication; X12 CARC.

/// One amount; `carc` is its reason where it is not zero.
Adjudication entry(AmountCategory category, std::int64_t cents, char const* carc = "");
/// A line's or the totals' entries; `with_reasons` on lines only.
std::vector<Adjudication> entries_of(LineFigures const& line, ClaimPlan const& claim, bool with_reasons);
/// A line with everything but its entries.
EobLine line_of(ClaimPlan const& claim, LinePlan const& plan, int sequence);
/// An EOB with everything but its lines and totals.
Eob header_of(ClaimPlan const& claim, Family const& family);

/// Takes back: every amount changes its sign.
void negate(std::vector<Adjudication>& entries);
/// Adds `cents` to the entries of one category.
void shift(std::vector<Adjudication>& entries, AmountCategory category, std::int64_t cents);

} // namespace portico::central::sample
