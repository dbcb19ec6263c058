#include "shared/domain/check/amounts.h"
#include "shared/domain/check/rules.h"

namespace portico::rules {

namespace {

/// What was counted up to and with this EOB, in the order the payer decided.
Decimal counted_through(EobFacts const& self, PlanLimit const& limit, PlanYear const& year,
                        std::span<EobFacts const> all) {
    Decimal counted = adds_to(limit.kind, self);
    for (auto const& other : all) {
        bool const mine = limit.scope == AccumulatorScope::Family || other.patient == self.patient;
        if (mine && other.network == self.network && decided_before(other, self) && runs_against(year, other))
            counted = counted + adds_to(limit.kind, other);
    }
    return counted;
}

void check_limit(Eob const& eob, EobFacts const& self, PlanLimit const& limit, PlanYear const& year,
                 std::span<EobFacts const> all, Findings& out) {
    auto const kind = limit.kind == AccumulatorKind::Deductible ? FindingKind::DeductibleOverMaximum
                                                                : FindingKind::OutOfPocketOverMaximum;
    for (auto const& finding : out)
        if (finding.kind == kind)
            return; // said for the person already; the family's limit adds nothing
    Decimal const added = adds_to(limit.kind, self);
    if (added.is_zero() || added.is_negative())
        return;
    Decimal const counted = counted_through(self, limit, year, all);
    Decimal const maximum = Decimal::from_cents(limit.amount.cents);
    Decimal const beyond = counted - maximum;
    // Under a cent is what rounding leaves over.
    if (beyond < Decimal::from_cents(1))
        return;

    Finding finding;
    finding.kind = kind;
    finding.eob = eob.id;
    for (auto const& line : eob.lines)
        finding.line_sequences.push_back(line.sequence);
    finding.amounts = {{"counted", to_money(counted)}, {"maximum", limit.amount}};
    if (limit.kind == AccumulatorKind::Deductible) {
        finding.category = AmountCategory::Deductible;
        // Past the deductible coinsurance sets in: how much cannot be told from here.
    } else {
        finding.share_if_corrected = share_less(eob, beyond < added ? beyond : added);
    }
    out.push_back(std::move(finding));
}

} // namespace

void over_maximum(Eob const& eob, EobFacts const& self, std::span<PlanYear const> years,
                  std::span<EobFacts const> all, Findings& out) {
    if (self.network != NetworkStatus::InNetwork && self.network != NetworkStatus::OutOfNetwork)
        return;
    for (auto const kind : {AccumulatorKind::Deductible, AccumulatorKind::OutOfPocket})
        for (auto const scope : {AccumulatorScope::Individual, AccumulatorScope::Family})
            for (auto const& year : years) {
                if (!runs_against(year, self))
                    continue;
                for (auto const& limit : year.limits)
                    if (limit.kind == kind && limit.scope == scope &&
                        limit.in_network == (self.network == NetworkStatus::InNetwork))
                        check_limit(eob, self, limit, year, all, out);
            }
}

} // namespace portico::rules
