#include "shared/domain/finding.h"

#include <array>

namespace portico {

namespace {
constexpr std::array<char const*, 9> names{
    "total_differs_from_lines", "allowed_differs_from_paid_plus_share",
    "duplicate_line",           "duplicate_claim",
    "denied_yet_billed",        "network_status_differs_from_directory",
    "deductible_over_maximum",  "out_of_pocket_over_maximum",
    "replaced_still_counted",
};
static_assert(names.size() == static_cast<std::size_t>(FindingKind::ReplacedStillCounted) + 1);
} // namespace

char const* name(FindingKind kind) {
    return names.at(static_cast<std::size_t>(kind));
}

std::optional<FindingKind> finding_kind_from_name(std::string_view text) {
    for (std::size_t i = 0; i < names.size(); ++i)
        if (text == names[i])
            return static_cast<FindingKind>(i);
    return std::nullopt;
}

} // namespace portico
