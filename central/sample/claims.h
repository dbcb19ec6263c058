#pragma once

#include "central/sample/families.h"
#include "central/sample/services.h"

#include <optional>
#include <string>
#include <vector>

namespace portico::central::sample {

/// A line as the provider bills it, and what the plan will make of it.
struct LinePlan {
    Service service;
    std::int64_t charge_cents = 0; ///< for all units
    int quantity = 1;
    Date on;
    std::string denial;           ///< CARC; empty: covered
    bool billed_in_error = false; ///< planted: the member is asked for what the provider must bear
};

/// A claim before it is decided.
struct ClaimPlan {
    std::size_t person = 0; ///< index into Family.members
    ClaimKind kind = ClaimKind::Professional;
    Provider const* provider = nullptr;
    Provider const* performing = nullptr; ///< the practitioner at an organisation; may be null
    Period service;
    Date received;
    Date decided;
    bool undecided = false;
    bool outside_network = false;
    bool emergency = false;
    bool has_other_insurance = false;
    std::vector<LinePlan> lines;
    Diagnosis diagnosis;
    std::optional<FindingKind> planted;
    std::optional<std::size_t> replaces; ///< index among the family's plans
    bool reversal = false;
    std::string id; ///< set by `number_claims`
};

/// A discrepancy that was put in on purpose.
struct Planted {
    EobId eob;
    PatientId patient;
    FindingKind finding{};
    std::vector<int> lines;
};

/// Every claim of a family over the 24 months before `today`, numbered, in no order.
std::vector<ClaimPlan> plan_claims(std::uint64_t seed, Date today, World const& world, Family const& family);

/// Alex's own claims (known_people.h), in the order of their numbers.
std::vector<ClaimPlan> alex_claims(Date today, World const& world, Family const& family);

/// A claim with its dates: received and decided some days after the service; undecided when that is not yet.
ClaimPlan make_claim(std::size_t person, ClaimKind kind, Provider const& provider, Date on, Date today,
                     int days_to_decide);
void add_line(ClaimPlan& claim, Service const& service, std::int64_t charge_cents, int quantity = 1);

/// A replacement of `plans[index]`, decided `days` later.
ClaimPlan replacement_of(std::vector<ClaimPlan> const& plans, std::size_t index, int days);

struct FamilyClaims {
    std::vector<Eob> eobs; ///< in the order of `plan_claims`
    std::vector<Planted> planted;
};

/// Decides the claims in date order against the family's deductibles and maxima.
FamilyClaims adjudicate(World const& world, Family const& family, std::vector<ClaimPlan> const& plans);

} // namespace portico::central::sample
