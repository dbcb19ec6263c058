#include "shared/domain/check/amounts.h"
#include "shared/domain/check/rules.h"

#include <algorithm>
#include <array>

namespace portico::rules {

namespace {

using enum AmountCategory;

/// Denials that are the provider's to bear: duplicate, filed late, part of another service, not the
/// contract's. Source: X12 CARC, with group CO by their nature.
bool is_providers_to_bear(EobLine const& line) {
    static constexpr std::array<std::string_view, 9> codes{"18",  "29",  "59",  "97", "231",
                                                           "234", "236", "B13", "B20"};
    return std::any_of(line.adjudications.begin(), line.adjudications.end(), [](Adjudication const& entry) {
        auto code = std::string_view(entry.reason.code);
        if (code.substr(0, 3) == "CO-")
            return true;
        return std::find(codes.begin(), codes.end(), code) != codes.end();
    });
}

Decimal above_zero(EobLine const& line, AmountCategory category) {
    auto const amount = only_amount(line.adjudications, category);
    return amount && !amount->is_negative() ? *amount : Decimal{};
}

/// What the member is asked to pay for a denied line and should not be.
Decimal billed_in_error(EobLine const& line) {
    // A share is a part of an allowed amount: what is denied allows nothing.
    Decimal const cost_share =
        above_zero(line, Deductible) + above_zero(line, Copay) + above_zero(line, Coinsurance);
    if (!cost_share.is_zero())
        return cost_share;
    return is_providers_to_bear(line) ? above_zero(line, MemberLiability) : Decimal{};
}

} // namespace

void denied_yet_billed(Eob const& eob, Findings& out) {
    Decimal billed;
    std::vector<int> sequences;
    for (auto const& line : eob.lines) {
        if (!line.denied)
            continue;
        auto const amount = billed_in_error(line);
        if (amount.is_zero())
            continue;
        billed = billed + amount;
        sequences.push_back(line.sequence);
    }
    if (sequences.empty())
        return;
    Finding finding;
    finding.kind = FindingKind::DeniedYetBilled;
    finding.eob = eob.id;
    finding.line_sequences = std::move(sequences);
    finding.category = MemberLiability;
    finding.amounts = {{"share", to_money(billed)}};
    finding.share_if_corrected = share_less(eob, billed);
    out.push_back(std::move(finding));
}

} // namespace portico::rules
