#include "central/import/fhir/convert.h"
#include "central/import/fhir/role_read.h"

#include <algorithm>

namespace portico::central::fhir {

namespace {

bool has_profile(JsonNode resource, std::string_view part) {
    for (auto const each : resource["meta"]["profile"])
        if (each.text().find(part) != std::string_view::npos)
            return true;
    return false;
}

/// plan[].generalCost: deductible and out-of-pocket maximum; groupSize tells one person from a family.
Result<void> add_general_costs(JsonNode plan, PlanRecord& record) {
    for (auto const each : plan["generalCost"]) {
        auto const value = TRY(amount(each["cost"]));
        if (!value)
            continue;
        auto const before = record.plan.limits.size();
        for (auto const& code : codings(each["type"]))
            if (add_cost(code.code.empty() ? code.display : code.code, Money{TRY(value->to_cents())},
                         record.plan.copays, record.plan.limits))
                break;
        auto const size = each["groupSize"].number();
        if (record.plan.limits.size() > before && !size.empty() && size != "1")
            record.plan.limits.back().scope = AccumulatorScope::Family;
    }
    return ok();
}

/// plan[].specificCost: copays by service. A drug tier's or a pharmacy's copay is not for the card.
Result<void> add_specific_costs(JsonNode plan, PlanRecord& record) {
    for (auto const each : plan["specificCost"])
        for (auto const benefit : each["benefit"])
            for (auto const cost : benefit["cost"]) {
                if (!has_code(cost["type"], "copay"))
                    continue;
                auto const value = TRY(amount(cost["value"]));
                if (!value)
                    continue;
                auto const before = record.plan.copays.size();
                std::vector<PlanLimit> none;
                if (!add_cost(first_code(benefit["type"]).code, Money{TRY(value->to_cents())},
                              record.plan.copays, none))
                    add_cost(first_code(each["category"]).code, Money{TRY(value->to_cents())},
                             record.plan.copays, none);
                if (record.plan.copays.size() > before)
                    record.plan.copays.back().in_network = !has_code(cost["applicability"], "out-of-network");
            }
    return ok();
}

} // namespace

Result<PlanRecord> insurance_plan(JsonNode resource) {
    PlanRecord record;
    auto& plan = record.plan;
    plan.id = text(resource["id"]);
    plan.name = text(resource["name"]);
    auto const type = resource["type"].first();
    plan.type = first_code(type).code;
    record.is_formulary = has_profile(resource, "usdf-Formulary") ||
                          (has_code(resource["type"], "DRUGPOL") && !resource["plan"].exists());
    record.active = resource["status"].text() != "retired";
    plan.line_of_business = line_of_business(resource["type"]);
    plan.owner_name = text(resource["ownedBy"]["display"]);
    record.owner = reference_id(resource["ownedBy"], "Organization");
    plan.network_ids = reference_ids(resource["network"], "Organization");
    for (auto const each : resource["identifier"])
        if (!each["value"].scalar().empty())
            record.identifiers.emplace_back(each["value"].scalar());
    for (auto const each : resource["coverage"]) {
        if (auto id = reference_id(extension(each, "usdf-FormularyReference-extension")["valueReference"],
                                   "InsurancePlan");
            !id.empty())
            record.formularies.push_back(std::move(id));
        for (auto& network : reference_ids(each["network"], "Organization"))
            plan.network_ids.push_back(std::move(network));
    }
    for (auto const each : resource["plan"]) {
        for (auto& network : reference_ids(each["network"], "Organization"))
            plan.network_ids.push_back(std::move(network));
        TRY(add_general_costs(each, record));
        TRY(add_specific_costs(each, record));
    }
    std::sort(plan.network_ids.begin(), plan.network_ids.end());
    plan.network_ids.erase(std::unique(plan.network_ids.begin(), plan.network_ids.end()),
                           plan.network_ids.end());
    for (auto const each : resource["contact"]) {
        if (has_code(each["purpose"], "PAYOR"))
            plan.claims_address = one_line(address(each["address"]));
        if (!has_code(each["purpose"], "PATINF"))
            continue;
        if (plan.service_phone.empty())
            plan.service_phone = telecom(each["telecom"], "phone");
        if (plan.web.empty())
            plan.web = telecom(each["telecom"], "url");
    }
    return record;
}

} // namespace portico::central::fhir
