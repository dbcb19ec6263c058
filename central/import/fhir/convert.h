#pragma once

#include "central/import/json_tree.h"
#include "central/plan/plan_records.h"
#include "shared/base/result.h"

#include <optional>
#include <string>

/// From FHIR R4 resources to the plan's records. One file for each resource type. All errors are InvalidInput
/// and say what makes the resource unusable; everything else odd about it is let through.
namespace portico::central::fhir {

/// A resource as the plan store takes it.
struct Converted {
    std::string id;
    RecordVersion version;
    PlanRecordBody body;
};

/// Nothing when resources of this type are of no use to the desk.
/// Errors: "resource_type_missing", "id_missing", "id_invalid", and those of the type's own converter.
Result<std::optional<Converted>> convert(JsonNode resource);

/// Errors: "stu3_shape".
Result<MemberRecord> patient(JsonNode resource);
/// Errors: "beneficiary_missing", "stu3_shape", "amount_out_of_range".
Result<CoverageRecord> coverage(JsonNode resource);
/// Errors: "patient_missing", "stu3_shape", "amount_invalid", "amount_out_of_range".
Result<EobRecord> explanation_of_benefit(JsonNode resource);
Result<OrganizationRecord> organization(JsonNode resource);
Result<PractitionerRecord> practitioner(JsonNode resource);
Result<RoleRecord> practitioner_role(JsonNode resource);
Result<LocationRecord> location(JsonNode resource);
Result<ServiceRecord> healthcare_service(JsonNode resource);
Result<RoleRecord> organization_affiliation(JsonNode resource);
Result<PlanRecord> insurance_plan(JsonNode resource);
Result<DrugRecord> medication_knowledge(JsonNode resource);
/// Nothing when it is a Basic for something else. Errors: "formulary_missing", "drug_missing".
Result<std::optional<FormularyItemRecord>> basic(JsonNode resource);

/// Coverage.costToBeneficiary or InsurancePlan.plan.generalCost as a copay or a limit, by its type's code
/// (C4DIC extended copay types, coverage-copay-type). Returns false when the code is neither.
bool add_cost(std::string_view code, Money amount, std::vector<PlanCopay>& copays,
              std::vector<PlanLimit>& limits);
/// A line of business from the codes and words of a plan's or coverage's type.
LineOfBusiness line_of_business(JsonNode type);

} // namespace portico::central::fhir
