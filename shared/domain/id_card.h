#pragma once

#include "shared/domain/plan.h"

#include <string>
#include <vector>

namespace portico {

/// Everything that stands on a member's ID card. Source: CARIN Digital Insurance Card IG; deductible, out-of-
/// pocket maximum, phone and web address are required by PHSA 2799A-1(e).
struct IdCard {
    std::string plan_name; ///< the plan (insurer)
    std::string product_name;
    std::string issuer_id; ///< 80840 + nine digits (WEDI guide)
    PersonName member;
    std::string member_id; ///< with dependant number
    std::string dependant_number;
    std::string subscriber_name;
    std::vector<std::string> dependants;
    std::string group;
    std::string rx_bin, rx_pcn, rx_group, rx_id;
    std::vector<PlanCopay> copays;
    std::vector<PlanLimit> limits;
    Date issued;
    std::string card_number; ///< identifies this card; what the printed barcode signs in with
    std::string service_phone;
    std::string web;
    std::string claims_address;
};

} // namespace portico
