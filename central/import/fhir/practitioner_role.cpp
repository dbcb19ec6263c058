#include "central/import/fhir/convert.h"
#include "central/import/fhir/role_read.h"

namespace portico::central::fhir {

Result<RoleRecord> practitioner_role(JsonNode resource) {
    RoleRecord record;
    record.id = text(resource["id"]);
    record.is_person = true;
    record.period = period(resource["period"]);
    record.active = resource["active"].kind() != JsonNode::Kind::False;
    record.practitioner = reference_id(resource["practitioner"], "Practitioner");
    record.practitioner_name = text(resource["practitioner"]["display"]);
    record.organization = reference_id(resource["organization"], "Organization");
    record.organization_name = text(resource["organization"]["display"]);
    record.locations = reference_ids(resource["location"], "Location");
    record.services = reference_ids(resource["healthcareService"], "HealthcareService");
    record.specialties = specialty_codes(resource["specialty"]);
    record.new_patients = new_patients(resource);
    record.phone = telecom(resource["telecom"], "phone");
    for (auto const each : resource["extension"]) {
        auto const url = each["url"].text();
        if (url.size() < 17 || url.substr(url.size() - 17) != "network-reference")
            continue;
        if (auto id = reference_id(each["valueReference"], "Organization"); !id.empty())
            record.networks.push_back(std::move(id));
    }
    return record;
}

} // namespace portico::central::fhir
