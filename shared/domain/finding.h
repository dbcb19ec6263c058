#pragma once

#include "shared/base/ids.h"
#include "shared/domain/eob.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace portico {

/// What looks wrong on an EOB. SCOPE M10.
enum class FindingKind : std::uint8_t {
    TotalDiffersFromLines,
    AllowedDiffersFromPaidPlusShare,
    DuplicateLine,
    DuplicateClaim,
    DeniedYetBilled,
    NetworkStatusDiffersFromDirectory,
    DeductibleOverMaximum,
    OutOfPocketOverMaximum,
    ReplacedStillCounted,
};

/// A named amount a finding rests on, in cents.
struct FindingAmount {
    std::string what; ///< "stated", "lines", "allowed", "paid", "share", "maximum", "counted"
    Money amount;
};

/// One finding. Its words are the catalog's "finding.<kind>" with these values as arguments, so that every
/// language, the letter and speech say the same thing.
struct Finding {
    FindingKind kind{};
    EobId eob;
    std::optional<EobId> other_eob;  ///< the duplicate or the replacement
    std::vector<int> line_sequences; ///< the lines it rests on, by EobLine.sequence
    std::optional<AmountCategory> category;
    std::vector<FindingAmount> amounts;
    std::optional<Money> share_if_corrected; ///< what the member's share would become
};

/// "total_differs_from_lines"...; stable, used in operations and message ids.
char const* name(FindingKind kind);
std::optional<FindingKind> finding_kind_from_name(std::string_view text);

} // namespace portico
