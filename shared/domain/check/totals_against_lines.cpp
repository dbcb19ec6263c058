#include "shared/domain/check/amounts.h"
#include "shared/domain/check/rules.h"

#include <algorithm>

namespace portico::rules {

namespace {

using enum AmountCategory;

/// Payers leave these off a line when they are nothing.
bool may_be_left_out(AmountCategory category) {
    switch (category) {
    case Deductible:
    case Copay:
    case Coinsurance:
    case Noncovered:
    case Discount:
    case MemberLiability:
    case PaidToPatient:
    case Tax:
        return true;
    default:
        return false;
    }
}

bool is_decided(EobLine const& line) {
    return (only_amount(line.adjudications, Submitted) || only_amount(line.adjudications, DrugCost)) &&
           (only_amount(line.adjudications, Benefit) || only_amount(line.adjudications, PaidToProvider));
}

bool is_silent_on(EobLine const& line, AmountCategory category) {
    return std::none_of(line.adjudications.begin(), line.adjudications.end(), [&](Adjudication const& entry) {
        return entry.category == category && entry.amount;
    });
}

/// Adds up what the lines say of a category; false when that is not the whole story.
bool add_lines(Eob const& eob, AmountCategory category, LooseSum& sum, std::vector<int>& sequences) {
    for (auto const& line : eob.lines) {
        if (auto const amount = only_amount(line.adjudications, category)) {
            sum.add(*amount);
            sequences.push_back(line.sequence);
        } else if (!may_be_left_out(category) || !is_silent_on(line, category) || !is_decided(line)) {
            return false;
        }
    }
    // When no line states it, it was decided on the claim as a whole.
    return !sequences.empty();
}

} // namespace

void totals_against_lines(Eob const& eob, Findings& out) {
    for (auto const& total : eob.totals) {
        // Blue Button writes the total charge under "prior payer paid"; and it is not the member's money.
        if (total.category == Unmapped || total.category == PriorPayerPaid)
            continue;
        auto const stated = only_amount(eob.totals, total.category);
        LooseSum lines;
        std::vector<int> sequences;
        if (!stated || !add_lines(eob, total.category, lines, sequences))
            continue;
        LooseSum difference = lines;
        difference.take(*stated);
        if (difference.is_nothing())
            continue;

        Finding finding;
        finding.kind = FindingKind::TotalDiffersFromLines;
        finding.eob = eob.id;
        finding.line_sequences = std::move(sequences);
        finding.category = total.category;
        finding.amounts = {{"stated", to_money(*stated)}, {"lines", to_money(lines.exact())}};
        bool const is_share = total.category == MemberLiability || total.category == Deductible ||
                              total.category == Copay || total.category == Coinsurance;
        if (is_share && lines.exact() < *stated)
            finding.share_if_corrected = share_less(eob, *stated - lines.exact());
        out.push_back(std::move(finding));
    }
}

} // namespace portico::rules
