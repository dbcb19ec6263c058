#pragma once

#include "shared/domain/member.h"

#include <string>
#include <vector>

namespace portico {

/// A cost a plan states for a service, for the card and the home screen.
struct PlanCopay {
    std::string
        service; ///< "primary_care", "specialist", "urgent_care", "emergency", "rx", else the source's word
    Money amount;
    bool in_network = true;
};

/// A stated maximum. Source: InsurancePlan.plan.generalCost / specificCost, Coverage.costToBeneficiary.
struct PlanLimit {
    AccumulatorKind kind{};
    AccumulatorScope scope{};
    bool in_network = true;
    Money amount;
};

/// A product of the plan. Source: FHIR InsurancePlan (Plan-Net, Formulary).
struct InsurancePlan {
    std::string id;
    std::string name;
    std::string type; ///< "ppo", "hmo", "medicare_advantage"...: as coded
    LineOfBusiness line_of_business = LineOfBusiness::Unknown;
    std::string owner_name;
    std::vector<std::string> network_ids;
    std::vector<PlanCopay> copays;
    std::vector<PlanLimit> limits;
    std::string service_phone; ///< customer service
    std::string web;
    std::string claims_address;
};

} // namespace portico
