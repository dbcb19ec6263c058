#pragma once

#include "central/plan/plan_records.h"
#include "central/store/vault.h"
#include "shared/base/result.h"
#include "shared/domain/accumulators.h"
#include "shared/domain/accumulators_then.h"
#include "shared/domain/eob_check.h"
#include "shared/domain/eob_facts.h"
#include "shared/domain/finding.h"
#include "shared/storage/database.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace portico::central {

/// A claim in a member's list with what the check found.
struct OverviewClaim {
    EobSummary summary; ///< names resolved, `replaced` and `finding_count` set
    std::vector<Finding> findings;
    std::optional<EobId> replaces; ///< resolved to an EOB of this member where there is one
    std::optional<EobId> replaced_by;
};

/// All that is worked out for one member from the records of the member and the family.
struct MemberOverview {
    std::optional<Member> member;
    std::vector<CoverageRecord> coverages;
    std::optional<CoverageRecord> coverage; ///< the one in force, else the latest
    bool covered_today = false;
    std::optional<InsurancePlan> plan;       ///< of that coverage
    std::optional<OrganizationRecord> payer; ///< of that coverage
    std::vector<Accumulator> accumulators;   ///< of that plan, this year
    std::vector<OverviewClaim> claims;       ///< newest service date first
    std::vector<std::pair<CoverageRecord, PersonName>>
        family; ///< others with the same subscriber, with their names
    /// Of all plans the member has or had, for the years of the member's claims and this one.
    std::vector<PlanYear> plan_years;
    std::map<CoverageId, std::vector<std::string>> networks; ///< of the plan, by the member's coverage
    /// Of the member's claims and the family's, without what no sum needs: numbers and what was done.
    std::vector<DecidedFacts> facts;

    OverviewClaim const* find(EobId const& id) const;
};

/// To whom it is told. Sensitive services (Eob::sensitive) are told to the member alone, and to whom the
/// member has given that: to everybody else it is as if those claims, and all that they replace or are
/// replaced by, were not there, in lists, counts, findings and accumulators alike. Source: M.G.L. c. 176O
/// s. 27.
enum class Telling : std::uint8_t { All, WithoutSensitive };

/// Reads and works out. Empty when nothing is known of the patient.
Result<std::optional<MemberOverview>> make_overview(storage::Database& database, Vault const& vault,
                                                    PatientId const& patient, Date today,
                                                    Telling telling = Telling::All);

/// Names and NPIs of providers by reference, read once each.
class ProviderNames {
public:
    explicit ProviderNames(storage::Database& database) : database_(database) {}
    /// The directory's name goes before the EOB's own words.
    Result<void> resolve(EobParty& party);

private:
    Result<EobParty> look_up(std::string const& reference, std::string const& npi);
    storage::Database& database_;
    std::map<std::pair<std::string, std::string>, EobParty> known_;
};

} // namespace portico::central
