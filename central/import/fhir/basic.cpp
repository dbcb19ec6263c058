#include "central/import/fhir/convert.h"
#include "central/import/fhir/fhir_read.h"

namespace portico::central::fhir {

Result<std::optional<FormularyItemRecord>> basic(JsonNode resource) {
    if (!has_code(resource["code"], "formulary-item"))
        return std::optional<FormularyItemRecord>();
    FormularyItemRecord record;
    record.id = text(resource["id"]);
    record.formulary = reference_id(
        extension(resource, "usdf-FormularyReference-extension")["valueReference"], "InsurancePlan");
    if (record.formulary.empty())
        return error(ErrorKind::InvalidInput, "formulary_missing", "the item does not name its formulary");
    record.drug = reference_id(resource["subject"], "MedicationKnowledge");
    if (record.drug.empty())
        return error(ErrorKind::InvalidInput, "drug_missing", "the item does not name its drug");
    record.tier = first_code(extension(resource, "usdf-DrugTierID-extension")["valueCodeableConcept"]).code;
    auto const status = extension(resource, "usdf-AvailabilityStatus-extension")["valueCode"];
    record.active = !status.exists() || status.text() == "active";
    record.prior_authorization =
        extension(resource, "usdf-PriorAuthorization-extension")["valueBoolean"].is_true();
    record.step_therapy = extension(resource, "usdf-StepTherapyLimit-extension")["valueBoolean"].is_true();
    record.quantity_limit = extension(resource, "usdf-QuantityLimit-extension")["valueBoolean"].is_true();
    return std::optional<FormularyItemRecord>(std::move(record));
}

} // namespace portico::central::fhir
