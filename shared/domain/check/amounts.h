#pragma once

#include "shared/domain/eob.h"

#include <optional>
#include <string>
#include <vector>

namespace portico::rules {

/// The one amount of a category among the entries; nothing when there is none or more than one (then the
/// category alone does not tell what they mean), or when it is not in USD.
std::optional<Decimal> only_amount(std::vector<Adjudication> const& entries, AmountCategory category);

/// A sum that remembers how far rounding at the source may have moved it.
class LooseSum {
public:
    void add(Decimal const& amount) {
        sum_ = sum_ + amount;
        parts_of_cents_ += amount.is_whole_cents() ? 0 : 1;
    }
    void take(Decimal const& amount) { add(-amount); }
    Decimal const& exact() const { return sum_; }
    /// True when it is zero but for half a cent of each amount that was no whole cent.
    bool is_nothing() const;

private:
    Decimal sum_;
    int parts_of_cents_ = 0;
};

/// For people; the bounds of Decimal keep single EOBs far inside what cents can hold, and beyond it gives
/// zero.
Money to_money(Decimal const& amount);

/// The member's share (DollarFlow::member_share) with `less` taken off; nothing when there is none or it
/// would end below zero.
std::optional<Money> share_less(std::optional<Money> const& share, Decimal const& less);
/// The same of the share that the EOB states.
std::optional<Money> share_less(Eob const& eob, Decimal const& less);

} // namespace portico::rules
