#include "central/sample/fhir_write.h"
#include "central/sample/known_people.h"

#include <array>

namespace portico::central::sample {

namespace {

struct FormularyDrug {
    std::string_view id;
    std::string_view name;
    std::string_view tier;
    std::string_view tier_name;
    bool prior_authorization;
    bool step_therapy;
    bool quantity_limit;
};
constexpr std::array<FormularyDrug, 12> drugs{
    {{"drug-101", "Metformin 500 mg tablet", "generic", "Generic", false, false, false},
     {"drug-102", "Lisinopril 10 mg tablet", "generic", "Generic", false, false, false},
     {"drug-103", "Atorvastatin 20 mg tablet", "generic", "Generic", false, false, false},
     {"drug-104", "Amoxicillin 500 mg capsule", "generic", "Generic", false, false, true},
     {"drug-105", "Sertraline 50 mg tablet", "generic", "Generic", false, false, false},
     {"drug-106", "Albuterol inhaler", "generic", "Generic", false, false, true},
     {"drug-201", "Insulin glargine pen", "preferred-brand", "Preferred Brand", false, false, false},
     {"drug-202", "Apixaban 5 mg tablet", "preferred-brand", "Preferred Brand", false, false, true},
     {"drug-203", "Empagliflozin 10 mg tablet", "non-preferred-brand", "Non-preferred Brand", false, true,
      false},
     {"drug-204", "Semaglutide pen", "non-preferred-brand", "Non-preferred Brand", true, true, true},
     {"drug-301", "Adalimumab pen", "specialty", "Specialty", true, true, true},
     {"drug-302", "Sofosbuvir 400 mg tablet", "specialty", "Specialty", true, false, true}}};

std::string formulary_code(std::string_view name) {
    return std::string(drug_formulary) + "CodeSystem/" + std::string(name);
}
std::string formulary_extension(std::string_view name) {
    return std::string(drug_formulary) + "StructureDefinition/usdf-" + std::string(name) + "-extension";
}

void write_quantity(JsonWriter& json, Money amount) {
    json.object("value", [&] {
        json.number("value", dollars(amount));
        json.field("unit", "$");
        json.field("system", "urn:iso:std:iso:4217");
        json.field("code", "USD");
    });
}

/// Deductibles and out-of-pocket maxima, with the network they hold in as the comment.
void write_general_costs(JsonWriter& json, InsurancePlan const& plan) {
    if (plan.limits.empty())
        return;
    json.array("generalCost", [&] {
        for (auto const& limit : plan.limits)
            json.object([&] {
                bool const family = limit.scope == AccumulatorScope::Family;
                code_concept(json, "type", limit_code_system, limit_code(limit));
                if (!family)
                    json.number("groupSize", "1");
                money(json, "cost", dollars(limit.amount));
                json.field("comment", limit.in_network ? "in network" : "out of network");
            });
    });
}

void write_specific_costs(JsonWriter& json, InsurancePlan const& plan) {
    json.array("specificCost", [&] {
        for (auto const& copay : plan.copays)
            json.object([&] {
                code_concept(json, "category", "https://plan.example.org/fhir/benefit", copay.service);
                json.array_of_one("benefit", [&] {
                    code_concept(json, "type", "https://plan.example.org/fhir/benefit", copay.service);
                    json.array_of_one("cost", [&] {
                        code_concept(json, "type", std::string(terminology) + "benefit-type", "copay");
                        code_concept(json, "applicability", std::string(terminology) + "applicability",
                                     copay.in_network ? "in-network" : "out-of-network");
                        write_quantity(json, copay.amount);
                    });
                });
            });
    });
}

void write_drug_coverage(JsonWriter& json, InsurancePlan const& plan) {
    json.array("coverage", [&] {
        json.object([&] {
            code_concept(json, "type", std::string(terminology) + "v3-ActCode", "EHCPOL",
                         "extended healthcare");
            json.array("benefit", [&] {
                for (auto const& copay : plan.copays)
                    json.object([&] {
                        code_concept(json, "type", "https://plan.example.org/fhir/benefit", copay.service);
                    });
            });
        });
        json.object([&] {
            json.array_of_one("extension", [&] {
                json.field("url", formulary_extension("FormularyReference"));
                reference(json, "valueReference", "InsurancePlan/formulary-" + plan.id);
            });
            code_concept(json, "type", std::string(terminology) + "v3-ActCode", "DRUGPOL", "drug policy");
            json.array_of_one("benefit", [&] {
                code_concept(json, "type", std::string(terminology) + "insurance-plan-type", "drug");
            });
        });
    });
}

void flag_extension(JsonWriter& json, std::string_view name, bool value) {
    json.object([&] {
        json.field("url", formulary_extension(name));
        json.flag("valueBoolean", value);
    });
}

void code_extension(JsonWriter& json, std::string_view name, std::string_view system, std::string_view code,
                    std::string_view display) {
    json.object([&] {
        json.field("url", formulary_extension(name));
        code_concept(json, "valueCodeableConcept", formulary_code(system), code, display);
    });
}

} // namespace

std::string plan_json(SamplePlan const& sample, Date updated) {
    auto const& plan = sample.plan;
    JsonWriter json;
    json.object([&] {
        begin(json, "InsurancePlan", plan.id,
              std::string(plan_net) + "StructureDefinition/plannet-InsurancePlan", updated);
        json.array_of_one("identifier", [&] {
            json.field("system", "https://plan.example.org/fhir/plan");
            json.field("value", plan.id);
        });
        json.field("status", "active");
        json.array_of_one("type", [&] {
            coding(json, std::string(plan_net) + "CodeSystem/InsuranceProductTypeCS", sample.product_type);
            json.field("text", line_of_business_text(plan.line_of_business));
        });
        json.field("name", plan.name);
        json.object("period", [&] { json.field("start", "2015-01-01"); });
        reference(json, "ownedBy", "Organization/" + std::string(known::payer_id), known::payer_name);
        reference(json, "administeredBy", "Organization/" + std::string(known::payer_id), known::payer_name);
        json.array("contact", [&] {
            json.object([&] {
                code_concept(json, "purpose", std::string(terminology) + "contactentity-type", "PATINF",
                             "Patient");
                phone_and_more(json, plan.service_phone, {}, plan.web);
            });
            json.object([&] {
                code_concept(json, "purpose", std::string(terminology) + "contactentity-type", "PAYOR",
                             "Payor");
                json.object("address", [&] {
                    json.field("text", plan.claims_address);
                    json.array("line", [&] { json.element("PO Box 100"); });
                    json.field("city", "Testville");
                    json.field("state", "CT");
                    json.field("postalCode", "06101");
                });
            });
        });
        json.array("network", [&] {
            reference_element(json, "Organization/" + sample.network_id, sample.network_name);
        });
        write_drug_coverage(json, plan);
        json.array_of_one("plan", [&] {
            code_concept(json, "type", std::string(terminology) + "insurance-plan-type", "medical",
                         "Medical");
            json.array("network", [&] {
                reference_element(json, "Organization/" + sample.network_id, sample.network_name);
            });
            write_general_costs(json, plan);
            write_specific_costs(json, plan);
        });
    });
    return json.take();
}

std::string formulary_json(SamplePlan const& sample, Date updated) {
    JsonWriter json;
    json.object([&] {
        begin(json, "InsurancePlan", "formulary-" + sample.plan.id,
              std::string(drug_formulary) + "StructureDefinition/usdf-Formulary", updated);
        json.array_of_one("identifier", [&] { json.field("value", "formulary-" + sample.plan.id); });
        json.field("status", "active");
        concept_list(json, "type", std::string(terminology) + "v3-ActCode", "DRUGPOL", "drug policy");
        json.field("name", "Drug list of " + sample.plan.name);
        json.object("period", [&] { json.field("start", "2015-01-01"); });
    });
    return json.take();
}

std::string formulary_item_json(SamplePlan const& sample, std::size_t index, Date updated) {
    auto const& drug = drugs.at(index);
    JsonWriter json;
    json.object([&] {
        begin(json, "Basic", "item-" + sample.plan.id + "-" + std::string(drug.id),
              std::string(drug_formulary) + "StructureDefinition/usdf-FormularyItem", updated);
        json.array("extension", [&] {
            json.object([&] {
                json.field("url", formulary_extension("FormularyReference"));
                reference(json, "valueReference", "InsurancePlan/formulary-" + sample.plan.id);
            });
            json.object([&] {
                json.field("url", formulary_extension("AvailabilityStatus"));
                json.field("valueCode", "active");
            });
            code_extension(json, "PharmacyBenefitType", "usdf-PharmacyBenefitTypeCS", "1-month-in-retail",
                           "1 month in network retail");
            code_extension(json, "DrugTierID", "usdf-DrugTierCS", drug.tier, drug.tier_name);
            flag_extension(json, "PriorAuthorization", drug.prior_authorization);
            flag_extension(json, "StepTherapyLimit", drug.step_therapy);
            flag_extension(json, "QuantityLimit", drug.quantity_limit);
        });
        code_concept(json, "code", formulary_code("usdf-InsuranceItemTypeCS"), "formulary-item",
                     "Formulary Item");
        reference(json, "subject", "MedicationKnowledge/" + std::string(drug.id), drug.name);
    });
    return json.take();
}

std::string drug_json(std::size_t index, Date updated) {
    auto const& drug = drugs.at(index);
    JsonWriter json;
    json.object([&] {
        begin(json, "MedicationKnowledge", drug.id,
              std::string(drug_formulary) + "StructureDefinition/usdf-FormularyDrug", updated);
        code_concept(json, "code", "https://plan.example.org/fhir/drug", drug.id, drug.name);
        json.field("status", "active");
    });
    return json.take();
}

std::size_t formulary_drug_count() {
    return drugs.size();
}

} // namespace portico::central::sample
