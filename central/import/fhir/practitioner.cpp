#include "central/import/fhir/convert.h"
#include "central/import/fhir/fhir_read.h"

namespace portico::central::fhir {

Result<PractitionerRecord> practitioner(JsonNode resource) {
    PractitionerRecord record;
    record.id = text(resource["id"]);
    auto const name = resource["name"];
    record.name = person_text(name);
    if (auto const prefix = name.first()["prefix"].first().text(); !prefix.empty() && !record.name.empty())
        record.name = std::string(prefix) + " " + record.name;
    if (auto const suffix = name.first()["suffix"].first().text(); !suffix.empty())
        record.name += ", " + std::string(suffix);
    record.npi = identifier(resource["identifier"], "NPI", npi_system);
    record.phone = telecom(resource["telecom"], "phone");
    for (auto const each : resource["communication"])
        if (auto code = first_code(each).code; !code.empty())
            record.languages.push_back(std::move(code));
    for (auto const each : resource["qualification"])
        if (auto code = first_code(each["code"]); !code.empty())
            record.specialties.push_back(std::move(code));
    record.address = address(resource["address"].first());
    return record;
}

} // namespace portico::central::fhir
