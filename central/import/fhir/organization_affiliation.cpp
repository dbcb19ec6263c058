#include "central/import/fhir/convert.h"
#include "central/import/fhir/role_read.h"

namespace portico::central::fhir {

Result<RoleRecord> organization_affiliation(JsonNode resource) {
    RoleRecord record;
    record.id = text(resource["id"]);
    record.is_person = false;
    record.period = period(resource["period"]);
    record.active = resource["active"].kind() != JsonNode::Kind::False;
    record.organization = reference_id(resource["participatingOrganization"], "Organization");
    record.organization_name = text(resource["participatingOrganization"]["display"]);
    record.networks = reference_ids(resource["network"], "Organization");
    record.locations = reference_ids(resource["location"], "Location");
    record.services = reference_ids(resource["healthcareService"], "HealthcareService");
    record.specialties = specialty_codes(resource["specialty"]);
    record.new_patients = new_patients(resource);
    record.phone = telecom(resource["telecom"], "phone");
    return record;
}

} // namespace portico::central::fhir
