#include "central/import/fhir/convert.h"

#include "central/import/fhir/fhir_read.h"

#include <type_traits>

namespace portico::central::fhir {

namespace {

/// FHIR allows 64; some senders take more.
constexpr std::size_t id_bytes_max = 128;

Result<std::string> resource_id(JsonNode resource) {
    auto const id = resource["id"].text();
    if (id.empty())
        return error(ErrorKind::InvalidInput, "id_missing", "the resource has no id");
    if (id.size() > id_bytes_max)
        return error(ErrorKind::InvalidInput, "id_invalid", "the resource's id is too long");
    for (char const c : id)
        if (c <= ' ' || c > '~' || c == '/' || c == '?' || c == '#')
            return error(ErrorKind::InvalidInput, "id_invalid",
                         "the resource's id has a character that ids cannot have");
    return std::string(id);
}

Result<std::optional<PlanRecordBody>> body_of(std::string_view type, JsonNode resource) {
    using Body = std::optional<PlanRecordBody>;
    if (type == "Patient")
        return Body(TRY(patient(resource)));
    if (type == "Coverage")
        return Body(TRY(coverage(resource)));
    if (type == "ExplanationOfBenefit")
        return Body(TRY(explanation_of_benefit(resource)));
    if (type == "Organization")
        return Body(TRY(organization(resource)));
    if (type == "Practitioner")
        return Body(TRY(practitioner(resource)));
    if (type == "PractitionerRole")
        return Body(TRY(practitioner_role(resource)));
    if (type == "Location")
        return Body(TRY(location(resource)));
    if (type == "HealthcareService")
        return Body(TRY(healthcare_service(resource)));
    if (type == "OrganizationAffiliation")
        return Body(TRY(organization_affiliation(resource)));
    if (type == "InsurancePlan")
        return Body(TRY(insurance_plan(resource)));
    if (type == "MedicationKnowledge")
        return Body(TRY(medication_knowledge(resource)));
    if (type == "Basic") {
        auto item = TRY(basic(resource));
        return item ? Body(std::move(*item)) : Body();
    }
    return Body();
}

bool is_used(std::string_view type) {
    for (std::string_view const used :
         {"Patient", "Coverage", "ExplanationOfBenefit", "Organization", "Practitioner", "PractitionerRole",
          "Location", "HealthcareService", "OrganizationAffiliation", "InsurancePlan", "MedicationKnowledge",
          "Basic"})
        if (type == used)
            return true;
    return false;
}

} // namespace

Result<std::optional<Converted>> convert(JsonNode resource) {
    auto const type = resource["resourceType"].text();
    if (type.empty())
        return error(ErrorKind::InvalidInput, "resource_type_missing", "not a FHIR resource");
    if (!is_used(type))
        return std::optional<Converted>();
    auto id = TRY(resource_id(resource));
    auto body = TRY(body_of(type, resource));
    if (!body)
        return std::optional<Converted>();
    return std::optional<Converted>(Converted{std::move(id), version(resource), std::move(*body)});
}

} // namespace portico::central::fhir
