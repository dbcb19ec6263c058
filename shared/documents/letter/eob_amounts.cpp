#include "shared/documents/letter/eob_amounts.h"

#include <algorithm>
#include <initializer_list>

namespace portico::documents {

namespace {

using enum AmountCategory;

std::optional<Money> sum(std::vector<Adjudication> const& entries,
                         std::initializer_list<AmountCategory> categories) {
    std::optional<Money> total;
    for (auto const& each : entries) {
        if (!each.amount || each.currency != "USD" ||
            std::find(categories.begin(), categories.end(), each.category) == categories.end())
            continue;
        if (auto const cents = each.amount->to_cents())
            total = total.value_or(Money{}) + Money{cents.value()};
    }
    return total;
}

AmountCategory category_of(EobColumn column) {
    switch (column) {
    case EobColumn::Charged:
        return Submitted;
    case EobColumn::Allowed:
        return Eligible;
    case EobColumn::OtherInsurance:
        return PriorPayerPaid;
    case EobColumn::Deductible:
        return Deductible;
    case EobColumn::Copay:
        return Copay;
    case EobColumn::Coinsurance:
        return Coinsurance;
    case EobColumn::NotCovered:
        return Noncovered;
    case EobColumn::PlanPaid:
        return Benefit;
    case EobColumn::YourShare:
        return MemberLiability;
    }
    return Unmapped;
}

} // namespace

std::optional<Money> line_amount(EobLine const& line, EobColumn column) {
    auto const& entries = line.adjudications;
    if (auto const stated = sum(entries, {category_of(column)}))
        return stated;
    switch (column) {
    case EobColumn::Charged:
        return sum(entries, {DrugCost});
    case EobColumn::PlanPaid:
        return sum(entries, {PaidToProvider, PaidToPatient});
    case EobColumn::YourShare:
        return sum(entries, {Deductible, Copay, Coinsurance, Noncovered});
    default:
        return std::nullopt;
    }
}

std::optional<Money> total_amount(Eob const& eob, EobColumn column) {
    switch (column) {
    case EobColumn::Charged:
        return dollar_flow(eob).asked;
    case EobColumn::PlanPaid:
        return dollar_flow(eob).plan_paid;
    case EobColumn::YourShare:
        return dollar_flow(eob).member_share;
    default:
        return stated_amount(eob, category_of(column));
    }
}

bool has_negative_amount(Eob const& eob) {
    auto const negative = [](std::optional<Money> const& amount) { return amount && amount->cents < 0; };
    auto const flow = dollar_flow(eob);
    if (negative(flow.asked) || negative(flow.discount) || negative(flow.plan_paid) ||
        negative(flow.other_insurance) || negative(flow.member_share))
        return true;
    return std::any_of(eob.lines.begin(), eob.lines.end(), [&](EobLine const& line) {
        return std::any_of(eob_columns.begin(), eob_columns.end(),
                           [&](EobColumn column) { return negative(line_amount(line, column)); });
    });
}

bool has_no_amounts(Eob const& eob) {
    auto const empty = [](std::vector<Adjudication> const& entries) {
        return std::none_of(entries.begin(), entries.end(),
                            [](auto const& each) { return each.amount.has_value(); });
    };
    return !eob.payment_amount && empty(eob.totals) && empty(eob.header_adjudications) &&
           std::all_of(eob.lines.begin(), eob.lines.end(),
                       [&](EobLine const& line) { return empty(line.adjudications); });
}

} // namespace portico::documents
