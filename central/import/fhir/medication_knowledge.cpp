#include "central/import/fhir/convert.h"
#include "central/import/fhir/fhir_read.h"

namespace portico::central::fhir {

Result<DrugRecord> medication_knowledge(JsonNode resource) {
    DrugRecord record;
    record.id = text(resource["id"]);
    record.code = first_code(resource["code"]);
    auto const form = first_code(resource["doseForm"]);
    record.dose_form = form.display.empty() ? form.code : form.display;
    return record;
}

} // namespace portico::central::fhir
