#include "central/import/fhir/convert.h"
#include "central/import/fhir/fhir_read.h"

namespace portico::central::fhir {

Result<LocationRecord> location(JsonNode resource) {
    LocationRecord record;
    record.id = text(resource["id"]);
    record.name = text(resource["name"]);
    record.phone = telecom(resource["telecom"], "phone");
    record.address = address(resource["address"]);
    record.latitude = std::string(resource["position"]["latitude"].number());
    record.longitude = std::string(resource["position"]["longitude"].number());
    record.organization = reference_id(resource["managingOrganization"], "Organization");
    for (auto const each : resource["extension"]) {
        auto const url = each["url"].text();
        if (url.size() >= 13 && url.substr(url.size() - 13) == "accessibility")
            if (auto code = first_code(each["valueCodeableConcept"]).code; !code.empty())
                record.accessibility.push_back(std::move(code));
    }
    return record;
}

} // namespace portico::central::fhir
