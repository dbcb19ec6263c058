#pragma once

#include "shared/domain/plan.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace portico::central::sample {

/// What a plan decides by: each service belongs to one.
enum class Benefit : std::uint8_t {
    Preventive,
    PrimaryVisit,
    SpecialistVisit,
    UrgentVisit,
    EmergencyVisit,
    Laboratory,
    Imaging,
    Outpatient,
    Inpatient,
    GenericDrug,
    BrandDrug,
    DentalPreventive,
    DentalBasic,
    DentalMajor,
};
constexpr std::size_t benefit_count = 14;

/// What the member pays for a benefit: the deductible first where it applies, then a copay or a percentage.
struct CostRule {
    std::int64_t copay_cents = 0;
    bool deductible_first = false;
    int coinsurance_percent = 0;
};

struct SamplePlan {
    InsurancePlan plan; ///< as an import should find it
    std::string network_id;
    std::string network_name;
    std::string product_type; ///< Plan-Net InsuranceProductTypeCS
    bool pays_out_of_network = false;
    int out_of_network_percent = 40;
    std::array<CostRule, benefit_count> rules{};
};

/// One plan for each line of business, in the order of LineOfBusiness.
std::vector<SamplePlan> make_plans();

inline CostRule const& rule_of(SamplePlan const& plan, Benefit benefit) {
    return plan.rules[static_cast<std::size_t>(benefit)];
}

} // namespace portico::central::sample
