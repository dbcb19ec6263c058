#pragma once

#include "central/sample/providers.h"
#include "shared/domain/finding.h"

#include <functional>
#include <optional>

namespace portico::central::sample {

struct SampleOptions;

/// A member of the sample plan, with the coverage.
struct SampleMember {
    Member member;
    std::string gender;
    Coverage coverage;
    bool is_dead_end = false; ///< has no claims
    int claim_count = -1;     ///< -1: as it comes
};

struct Family {
    std::uint64_t number = 0;
    std::size_t plan = 0; ///< index into World.plans
    std::vector<SampleMember> members;
    std::string employer_id; ///< empty: no employer behind it
    std::string employer_name;
    /// What is planted with this family, if anything.
    std::optional<FindingKind> planted;
};

/// Makes one family after another until `members` are reached; the last is cut to fit. The same options give
/// the same families; only one is in memory at a time. Stops early when `take` says false.
void for_each_family(SampleOptions const& options, World const& world,
                     std::function<bool(Family const&)> const& take);

} // namespace portico::central::sample
