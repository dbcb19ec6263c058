#include "shared/domain/eob_alone.h"

#include "shared/domain/check/rules.h"

#include <algorithm>

namespace portico {

EobAlone alone_of(Eob const& eob) {
    EobAlone alone;
    // In the order of FindingKind.
    rules::totals_against_lines(eob, alone.findings);
    rules::allowed_against_paid_and_share(eob, alone.findings);
    rules::duplicate_lines(eob, alone.findings);
    rules::denied_yet_billed(eob, alone.findings);
    alone.line_sequences.reserve(eob.lines.size());
    for (auto const& line : eob.lines)
        alone.line_sequences.push_back(line.sequence);
    alone.billing_network = eob.billing_network;
    alone.payment_network = eob.payment_network;
    alone.member_share = dollar_flow(eob).member_share;
    alone.repeated_on_purpose =
        !eob.lines.empty() && std::all_of(eob.lines.begin(), eob.lines.end(), rules::says_distinct);
    return alone;
}

} // namespace portico
