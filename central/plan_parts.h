#pragma once

#include "central/auth/member_source.h"
#include "central/changes/change_feed.h"
#include "central/operations/member_facts.h"
#include "central/plan/time_zone.h"
#include "central/store/vault.h"

#include <memory>
#include <string>

namespace portico::central {

class PlanData;
class Services;
class OperationLedger;
class CardIssues;

/// The imported plan data as the rest of central asks for it.
struct PlanParts {
    PlanParts();
    PlanParts(PlanParts&&) noexcept;
    PlanParts& operator=(PlanParts&&) noexcept;
    ~PlanParts();

    std::unique_ptr<PlanData> data;
    std::unique_ptr<MemberFacts> facts;
    std::unique_ptr<MemberSource> members;
    std::unique_ptr<ReferenceSource> reference;
};

PlanParts make_plan_parts(Clock& clock, Store& store, Vault const& vault, std::string card_issuer_id,
                          TimeZone zone);
/// Tells the plan data what operations know: answered findings, requests, changed contact details, cards.
void connect_plan_parts(PlanParts& parts, Store& store, OperationLedger& operations, CardIssues& card_issues);

} // namespace portico::central
