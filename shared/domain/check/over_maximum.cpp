#include "shared/domain/check/amounts.h"
#include "shared/domain/check/rules.h"

namespace portico::rules {

namespace {

void check_limit(Compared const& compared, PlanLimit const& limit, CountedBefore const& others,
                 Findings& out) {
    auto const& self = compared.facts;
    auto const kind = limit.kind == AccumulatorKind::Deductible ? FindingKind::DeductibleOverMaximum
                                                                : FindingKind::OutOfPocketOverMaximum;
    for (auto const& finding : out)
        if (finding.kind == kind)
            return; // said for the person already; the family's limit adds nothing
    Decimal const added = adds_to(limit.kind, self);
    if (added.is_zero() || added.is_negative())
        return;
    Decimal const counted = others.before(self) + added;
    Decimal const maximum = Decimal::from_cents(limit.amount.cents);
    Decimal const beyond = counted - maximum;
    // Under a cent is what rounding leaves over.
    if (beyond < Decimal::from_cents(1))
        return;

    Finding finding;
    finding.kind = kind;
    finding.eob = self.id;
    finding.line_sequences = compared.alone.line_sequences;
    finding.amounts = {{"counted", to_money(counted)}, {"maximum", limit.amount}};
    if (limit.kind == AccumulatorKind::Deductible) {
        finding.category = AmountCategory::Deductible;
        // Past the deductible coinsurance sets in: how much cannot be told from here.
    } else {
        finding.share_if_corrected = share_less(compared.alone.member_share, beyond < added ? beyond : added);
    }
    out.push_back(std::move(finding));
}

} // namespace

void over_maximum(Compared const& compared, std::span<YearInQuestion const> years, Findings& out) {
    auto const& self = compared.facts;
    if (self.network != NetworkStatus::InNetwork && self.network != NetworkStatus::OutOfNetwork)
        return;
    for (auto const kind : {AccumulatorKind::Deductible, AccumulatorKind::OutOfPocket})
        for (auto const scope : {AccumulatorScope::Individual, AccumulatorScope::Family})
            for (auto const& [year, counted] : years) {
                if (!runs_against(year, self))
                    continue;
                for (std::size_t i = 0; i < year.limits.size(); ++i) {
                    auto const& limit = year.limits[i];
                    if (limit.kind == kind && limit.scope == scope &&
                        limit.in_network == (self.network == NetworkStatus::InNetwork))
                        check_limit(compared, limit, counted[i], out);
                }
            }
}

} // namespace portico::rules
