#include "shared/domain/check/amounts.h"
#include "shared/domain/check/rules.h"

#include <algorithm>

namespace portico::rules {

void replaced_still_counted(Compared const& compared, std::span<EobFacts const> all, Findings& out) {
    auto const& alone = compared.alone;
    auto const& self = compared.facts;
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
    finding.eob = self.id;
    finding.other_eob = replacement->id;
    finding.line_sequences = alone.line_sequences;
    if (alone.member_share)
        finding.amounts = {{"counted", *alone.member_share}};
    finding.share_if_corrected = Money{0};
    out.push_back(std::move(finding));
}

} // namespace portico::rules
