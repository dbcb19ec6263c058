#include "shared/domain/eob.h"

#include <algorithm>
#include <array>

namespace portico {

namespace {

/// An amount in cents, or nothing when it has none, is in another currency or is beyond what cents can hold.
std::optional<Money> cents_of(Adjudication const& entry) {
    if (!entry.amount || entry.currency != "USD")
        return std::nullopt;
    auto const cents = entry.amount->to_cents();
    if (!cents)
        return std::nullopt;
    return Money{cents.value()};
}

/// The sum of what the entries say of a category; nothing when they say nothing.
std::optional<Money> sum_of(std::vector<Adjudication> const& entries, AmountCategory category) {
    std::optional<Money> sum;
    for (auto const& entry : entries) {
        if (entry.category != category)
            continue;
        if (auto const amount = cents_of(entry))
            sum = sum.value_or(Money{}) + *amount;
    }
    return sum;
}

std::optional<Money> sum_of_stated(Eob const& eob, std::initializer_list<AmountCategory> categories) {
    std::optional<Money> sum;
    for (auto const category : categories)
        if (auto const amount = stated_amount(eob, category))
            sum = sum.value_or(Money{}) + *amount;
    return sum;
}

std::optional<Money> plan_paid_of(Eob const& eob) {
    if (auto const benefit = stated_amount(eob, AmountCategory::Benefit))
        return benefit;
    if (auto const paid = sum_of_stated(eob, {AmountCategory::PaidToProvider, AmountCategory::PaidToPatient}))
        return paid;
    if (eob.payment_amount)
        if (auto const cents = eob.payment_amount->to_cents())
            return Money{cents.value()};
    return std::nullopt;
}

} // namespace

std::optional<Money> stated_amount(Eob const& eob, AmountCategory category) {
    // A category stated twice has two meanings that the category cannot tell apart: the first is taken.
    for (auto const& total : eob.totals)
        if (total.category == category)
            if (auto const amount = cents_of(total))
                return amount;

    std::optional<Money> sum;
    for (auto const& line : eob.lines)
        if (auto const amount = sum_of(line.adjudications, category))
            sum = sum.value_or(Money{}) + *amount;
    if (sum)
        return sum;
    // Institutional claims may be decided as a whole, with nothing on the lines.
    return sum_of(eob.header_adjudications, category);
}

DollarFlow dollar_flow(Eob const& eob) {
    DollarFlow flow;
    flow.asked = stated_amount(eob, AmountCategory::Submitted);
    if (!flow.asked) // a pharmacy may state only what the drug cost
        flow.asked = stated_amount(eob, AmountCategory::DrugCost);
    flow.plan_paid = plan_paid_of(eob);
    flow.other_insurance = stated_amount(eob, AmountCategory::PriorPayerPaid);

    flow.member_share = stated_amount(eob, AmountCategory::MemberLiability);
    if (!flow.member_share)
        flow.member_share = sum_of_stated(eob, {AmountCategory::Deductible, AmountCategory::Copay,
                                                AmountCategory::Coinsurance, AmountCategory::Noncovered});

    flow.discount = stated_amount(eob, AmountCategory::Discount);
    auto const allowed = stated_amount(eob, AmountCategory::Eligible);
    if (!flow.discount && flow.asked && allowed) {
        Money const rest =
            *flow.asked - *allowed - stated_amount(eob, AmountCategory::Noncovered).value_or(Money{});
        // A negative rest of a positive charge is a contradiction, not a discount.
        if ((rest.cents >= 0) == (flow.asked->cents >= 0) || rest.cents == 0)
            flow.discount = rest;
    }

    if (flow.asked && flow.plan_paid && flow.member_share)
        flow.adds_up = *flow.asked == flow.discount.value_or(Money{}) + *flow.plan_paid +
                                          flow.other_insurance.value_or(Money{}) + *flow.member_share;
    return flow;
}

char const* name(ClaimKind kind) {
    static constexpr std::array<char const*, 8> names{
        "inpatient", "outpatient", "institutional", "professional", "pharmacy", "oral", "vision", "unknown"};
    return names.at(static_cast<std::size_t>(kind));
}

} // namespace portico
