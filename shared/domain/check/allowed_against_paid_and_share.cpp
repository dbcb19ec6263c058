#include "shared/domain/check/amounts.h"
#include "shared/domain/check/rules.h"

#include <array>

namespace portico::rules {

namespace {

using enum AmountCategory;
using Entries = std::vector<Adjudication>;

/// The parts of allowed = paid + share, of a line or of the totals.
struct Parts {
    Decimal allowed;
    Decimal paid;
    Decimal cost_share; ///< deductible + copay + coinsurance
    bool has_cost_share = false;
    std::optional<Decimal> liability;
    Decimal noncovered;
    Decimal prior_payer;
    bool reduced_after = false; ///< the plan's own payment was cut after the share was worked out
};

std::optional<Decimal> paid_amount(Entries const& entries) {
    if (auto const benefit = only_amount(entries, Benefit))
        return benefit;
    auto const to_provider = only_amount(entries, PaidToProvider);
    auto const to_patient = only_amount(entries, PaidToPatient);
    if (!to_provider && !to_patient)
        return std::nullopt;
    return to_provider.value_or(Decimal{}) + to_patient.value_or(Decimal{});
}

/// True when a category is stated more than once or in another currency: its meaning is not clear.
bool is_unclear(Entries const& entries) {
    for (auto const category : {Eligible, Benefit, PaidToProvider, PaidToPatient, Deductible, Copay,
                                Coinsurance, MemberLiability, Noncovered, PriorPayerPaid}) {
        int stated = 0;
        for (auto const& entry : entries)
            stated += entry.category == category && entry.amount ? 1 : 0;
        if (stated > 0 && !only_amount(entries, category))
            return true;
    }
    return false;
}

/// CARC 253 (sequestration), 223 and 225: the payment is less than allowed - share, and rightly so.
bool has_later_reduction(Entries const& entries) {
    for (auto const& entry : entries)
        for (auto const* code : {"253", "223", "225", "CO-253", "CO-223"})
            if (entry.reason.code == code)
                return true;
    return false;
}

std::optional<Parts> parts_of(Entries const& entries) {
    auto const allowed = only_amount(entries, Eligible);
    auto const paid = paid_amount(entries);
    if (!allowed || !paid || is_unclear(entries))
        return std::nullopt;
    Parts parts;
    parts.allowed = *allowed;
    parts.paid = *paid;
    auto const deductible = only_amount(entries, Deductible);
    auto const copay = only_amount(entries, Copay);
    auto const coinsurance = only_amount(entries, Coinsurance);
    parts.has_cost_share = deductible && (copay || coinsurance);
    parts.cost_share =
        deductible.value_or(Decimal{}) + copay.value_or(Decimal{}) + coinsurance.value_or(Decimal{});
    parts.liability = only_amount(entries, MemberLiability);
    if (!parts.has_cost_share && !parts.liability)
        return std::nullopt;
    parts.noncovered = only_amount(entries, Noncovered).value_or(Decimal{});
    parts.prior_payer = only_amount(entries, PriorPayerPaid).value_or(Decimal{});
    parts.reduced_after = has_later_reduction(entries);
    return parts;
}

Decimal fifty_times(Decimal const& amount) {
    Decimal sum;
    for (int i = 0; i < 50; ++i)
        sum = sum + amount;
    return sum;
}

/// Medicare pays two per cent less than its part (sequestration, 2 U.S.C. 906(d)) and seldom says so on the
/// line; the member's share stays as it is. `due` is what the plan's part would be, `missing` how far it
/// falls short.
bool is_sequestration(Decimal const& due, Decimal const& missing) {
    Decimal const off = fifty_times(missing) - due;
    Decimal const half_dollar = Decimal::from_cents(50); // a cent, fifty times
    return !missing.is_negative() && !missing.is_zero() && off <= half_dollar && -off <= half_dollar;
}

bool adds_up(Parts const& parts, Decimal const& share, Decimal const& prior_payer) {
    Decimal const due = parts.allowed - share - prior_payer;
    LooseSum difference;
    difference.add(parts.allowed);
    difference.take(parts.paid);
    difference.take(share);
    difference.take(prior_payer);
    return difference.is_nothing() || is_sequestration(due, difference.exact());
}

/// Payers differ in whether "allowed" holds what is not covered, and whether another payer's money comes off
/// it or off the share. Any reading that adds up is taken.
bool is_consistent(Parts const& parts) {
    std::vector<Decimal> shares;
    if (parts.has_cost_share) {
        shares.push_back(parts.cost_share);
        shares.push_back(parts.cost_share + parts.noncovered);
    }
    if (parts.liability) {
        shares.push_back(*parts.liability);
        shares.push_back(*parts.liability - parts.noncovered);
    }
    for (auto const& share : shares)
        if (adds_up(parts, share, Decimal{}) || adds_up(parts, share, parts.prior_payer))
            return true;
    return false;
}

struct Sums {
    Decimal allowed, paid, share, off;
    std::vector<int> sequences;
};

void add_to(Sums& sums, Parts const& parts) {
    Decimal const share = parts.has_cost_share ? parts.cost_share : *parts.liability - parts.noncovered;
    sums.allowed = sums.allowed + parts.allowed;
    sums.paid = sums.paid + parts.paid;
    sums.share = sums.share + share;
    sums.off = sums.off + (parts.paid + share + parts.prior_payer - parts.allowed);
}

Finding to_finding(Eob const& eob, Sums sums) {
    Finding finding;
    finding.kind = FindingKind::AllowedDiffersFromPaidPlusShare;
    finding.eob = eob.id;
    finding.line_sequences = std::move(sums.sequences);
    finding.category = Eligible;
    finding.amounts = {
        {"allowed", to_money(sums.allowed)}, {"paid", to_money(sums.paid)}, {"share", to_money(sums.share)}};
    if (!sums.off.is_negative())
        finding.share_if_corrected = share_less(eob, sums.off);
    return finding;
}

} // namespace

void allowed_against_paid_and_share(Eob const& eob, Findings& out) {
    Sums wrong;
    bool any_line = false;
    for (auto const& line : eob.lines) {
        auto const parts = parts_of(line.adjudications);
        if (!parts)
            continue;
        any_line = true;
        if (parts->reduced_after || is_consistent(*parts))
            continue;
        add_to(wrong, *parts);
        wrong.sequences.push_back(line.sequence);
    }
    if (!wrong.sequences.empty()) {
        out.push_back(to_finding(eob, std::move(wrong)));
        return;
    }
    // Where the lines are right, a wrong total is the other rule's finding.
    auto const parts = any_line ? std::nullopt : parts_of(eob.totals);
    if (parts && !parts->reduced_after && !is_consistent(*parts)) {
        add_to(wrong, *parts);
        out.push_back(to_finding(eob, std::move(wrong)));
    }
}

} // namespace portico::rules
