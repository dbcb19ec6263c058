#pragma once

#include "central/import/fhir/fhir_read.h"

/// What PractitionerRole, OrganizationAffiliation and HealthcareService have in common (Plan-Net).
namespace portico::central::fhir {

inline AcceptingPatients accepting_patients(std::string_view code) {
    if (code == "newpt")
        return AcceptingPatients::Yes;
    if (code == "nopt")
        return AcceptingPatients::No;
    if (code == "existptonly" || code == "existptfam")
        return AcceptingPatients::ExistingOnly;
    return AcceptingPatients::Unknown;
}

/// Extensions "newpatients": acceptingPatients and, where it holds for one network only, fromNetwork.
inline std::vector<NewPatients> new_patients(JsonNode resource) {
    std::vector<NewPatients> all;
    for (auto const each : resource["extension"]) {
        auto const url = each["url"].text();
        if (url.size() < 11 || url.substr(url.size() - 11) != "newpatients")
            continue;
        NewPatients entry;
        entry.accepting =
            accepting_patients(first_code(extension(each, "acceptingPatients")["valueCodeableConcept"]).code);
        entry.network = reference_id(extension(each, "fromNetwork")["valueReference"], "Organization");
        all.push_back(std::move(entry));
    }
    return all;
}

inline std::vector<std::string> reference_ids(JsonNode references, std::string_view type) {
    std::vector<std::string> all;
    for (auto const each : references)
        if (auto id = reference_id(each, type); !id.empty())
            all.push_back(std::move(id));
    return all;
}

inline std::vector<Code> specialty_codes(JsonNode concepts) {
    std::vector<Code> all;
    for (auto const each : concepts)
        for (auto& code : codings(each))
            all.push_back(std::move(code));
    return all;
}

} // namespace portico::central::fhir
