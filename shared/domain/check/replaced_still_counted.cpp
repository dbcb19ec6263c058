#include "shared/domain/check/amounts.h"
#include "shared/domain/check/rules.h"

#include <algorithm>

namespace portico::rules {

void replaced_still_counted(Eob const& eob, EobFacts const& self, std::span<EobFacts const> all,
                            Findings& out) {
    if (!self.in_effect || self.is_reversal)
        return;
    auto const replaces_this = [&](EobFacts const& other) {
        return other.id != self.id && other.in_effect &&
               (other.replaces == self.id || self.replaced_by == other.id);
    };
    bool const taken_back = std::any_of(all.begin(), all.end(), [&](EobFacts const& other) {
        return replaces_this(other) && other.is_reversal;
    });
    auto const replacement = std::find_if(all.begin(), all.end(), [&](EobFacts const& other) {
        return replaces_this(other) && !other.is_reversal;
    });
    if (taken_back || replacement == all.end())
        return;

    Finding finding;
    finding.kind = FindingKind::ReplacedStillCounted;
    finding.eob = eob.id;
    finding.other_eob = replacement->id;
    for (auto const& line : eob.lines)
        finding.line_sequences.push_back(line.sequence);
    if (auto const share = dollar_flow(eob).member_share)
        finding.amounts = {{"counted", *share}};
    finding.share_if_corrected = Money{0};
    out.push_back(std::move(finding));
}

} // namespace portico::rules
