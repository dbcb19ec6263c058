#pragma once

#include "shared/domain/eob.h"
#include "shared/domain/member.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace portico {

/// The exact counterpart of `stated_amount`: nothing is rounded.
std::optional<Decimal> exact_amount(Eob const& eob, AmountCategory category);

/// What accumulators and the check need of an EOB; small enough to keep all of a member's in memory.
struct EobFacts {
    EobId id;
    PatientId patient;
    std::string claim_number;
    ClaimKind kind = ClaimKind::Unknown;
    Period service;
    Date decided; ///< Eob.created
    NetworkStatus network = NetworkStatus::Unknown;
    std::vector<CoverageId> coverages;
    std::optional<EobId> replaces;
    std::optional<EobId> replaced_by;
    bool in_effect = false;   ///< a claim (no estimate), active, decided or not said to be undecided
    bool is_reversal = false; ///< asks for less than nothing: takes back what it replaces
    bool paid = false;        ///< the plan or the member is to pay something
    std::optional<Decimal> submitted;
    std::optional<Decimal> deductible;
    std::optional<Decimal> out_of_pocket; ///< deductible + copay + coinsurance, those that are stated
    /// Equal for two claims for the same services of the same provider on the same days at the same charge;
    /// empty when the EOB says too little to tell.
    std::string same_service_key;

    /// Set by `mark_counted`: in effect, and neither replaced by another in effect nor left over from a
    /// reversal.
    bool counted = false;
    bool operator==(EobFacts const&) const = default;
};

/// The payment's network status, else the billing provider's, else the rendering one's, else what all lines
/// say alike.
NetworkStatus network_of(Eob const& eob);

/// `counted` is left false.
EobFacts facts_of(Eob const& eob);

/// Decides `counted` for each. `all` must hold every EOB of the members concerned, cancelled ones too.
/// A reversal counts when what it takes back counts (together they come to nothing), else it does not.
void mark_counted(std::vector<EobFacts>& all);

/// The order in which the payer decided: by day, then by id.
bool decided_before(EobFacts const& a, EobFacts const& b);

} // namespace portico
