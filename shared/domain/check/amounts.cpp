#include "shared/domain/check/amounts.h"

namespace portico::rules {

std::optional<Decimal> only_amount(std::vector<Adjudication> const& entries, AmountCategory category) {
    std::optional<Decimal> found;
    for (auto const& entry : entries) {
        if (entry.category != category || !entry.amount)
            continue;
        if (found || entry.currency != "USD")
            return std::nullopt;
        found = entry.amount;
    }
    return found;
}

bool LooseSum::is_nothing() const {
    // Half a cent for each, doubled so that it stays in whole cents.
    Decimal const twice = sum_ + sum_;
    Decimal const slack = Decimal::from_cents(parts_of_cents_);
    return twice <= slack && -twice <= slack;
}

Money to_money(Decimal const& amount) {
    auto const cents = amount.to_cents();
    return Money{cents ? cents.value() : 0};
}

std::optional<Money> share_less(std::optional<Money> const& share, Decimal const& less) {
    if (!share)
        return std::nullopt;
    Money const corrected = *share - to_money(less);
    if (corrected.cents < 0)
        return std::nullopt;
    return corrected;
}

std::optional<Money> share_less(Eob const& eob, Decimal const& less) {
    return share_less(dollar_flow(eob).member_share, less);
}

} // namespace portico::rules
