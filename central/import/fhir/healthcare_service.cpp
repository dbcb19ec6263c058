#include "central/import/fhir/convert.h"
#include "central/import/fhir/role_read.h"

namespace portico::central::fhir {

Result<ServiceRecord> healthcare_service(JsonNode resource) {
    ServiceRecord record;
    record.id = text(resource["id"]);
    record.name = text(resource["name"]);
    record.organization = reference_id(resource["providedBy"], "Organization");
    record.locations = reference_ids(resource["location"], "Location");
    record.specialties = specialty_codes(resource["specialty"]);
    record.new_patients = new_patients(resource);
    record.phone = telecom(resource["telecom"], "phone");
    for (auto const each : resource["communication"])
        if (auto code = first_code(each).code; !code.empty())
            record.languages.push_back(std::move(code));
    return record;
}

} // namespace portico::central::fhir
