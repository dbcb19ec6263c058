#include "central/import/fhir/convert.h"
#include "central/import/fhir/fhir_read.h"

namespace portico::central::fhir {

namespace {

JsonNode contact_for(JsonNode contacts, std::string_view purpose) {
    for (auto const each : contacts)
        if (has_code(each["purpose"], purpose))
            return each;
    return {};
}

} // namespace

Result<OrganizationRecord> organization(JsonNode resource) {
    OrganizationRecord record;
    record.id = text(resource["id"]);
    record.name = text(resource["name"]);
    record.npi = identifier(resource["identifier"], "NPI", npi_system);
    record.issuer_id = identifier(resource["identifier"], "payerid");
    if (record.issuer_id.empty())
        record.issuer_id = identifier(resource["identifier"], "naiccode");
    record.is_network = has_code(resource["type"], "ntwk");
    for (auto const each : resource["type"])
        for (auto& code : codings(each))
            record.types.push_back(std::move(code));
    record.address = address(resource["address"].first());
    record.phone = telecom(resource["telecom"], "phone");
    if (record.phone.empty())
        record.phone = telecom(resource["contact"].first()["telecom"], "phone");
    auto const contacts = resource["contact"];
    auto const service = contact_for(contacts, "PATINF");
    record.service_phone = telecom(service["telecom"], "phone");
    if (record.service_phone.empty())
        record.service_phone = record.phone;
    record.web = telecom(service["telecom"], "url");
    if (record.web.empty())
        record.web = telecom(resource["telecom"], "url");
    auto const claims = contact_for(contacts, "PAYOR");
    record.claims_address = one_line(address(claims["address"]));
    if (record.claims_address.empty())
        record.claims_address = one_line(record.address);
    return record;
}

} // namespace portico::central::fhir
