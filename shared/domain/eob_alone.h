#pragma once

#include "shared/domain/eob.h"
#include "shared/domain/finding.h"

#include <optional>
#include <vector>

namespace portico {

/// Moves on when `alone_of` says something else of the same EOB than it did: by another rule, another reading
/// of an amount, another field. What is kept of an older number counts no more. tests/domain/eob_alone_test
/// fails when this is forgotten.
inline constexpr int eob_alone_version = 1;

/// What the check can say of an EOB without a look at anything else, and all that it needs of the EOB's body
/// to compare it with others and with the directory. With its EobFacts it stands in for the EOB, so that a
/// list of thousands opens none.
struct EobAlone {
    /// Rests on this EOB alone. In the order of FindingKind; which of them count, its facts among the others
    /// decide.
    std::vector<Finding> findings;
    std::vector<int> line_sequences; ///< of all lines: what a finding about the whole EOB rests on
    NetworkStatus billing_network = NetworkStatus::Unknown;
    NetworkStatus payment_network = NetworkStatus::Unknown;
    std::optional<Money> member_share; ///< DollarFlow::member_share
    bool repeated_on_purpose = false;  ///< each line says so by a modifier
};

EobAlone alone_of(Eob const& eob);

} // namespace portico
