#include "central/sample/fhir_write.h"
#include "central/sample/known_people.h"

#include <array>
#include <cstdio>

namespace portico::central::sample {

namespace {

std::string structure(std::string_view name) {
    return std::string(plan_net) + "StructureDefinition/" + std::string(name);
}
std::string code_system(std::string_view name) {
    return std::string(plan_net) + "CodeSystem/" + std::string(name);
}

char const* accepting_code(AcceptingPatients accepting) {
    switch (accepting) {
    case AcceptingPatients::No:
        return "nopt";
    case AcceptingPatients::ExistingOnly:
        return "existptonly";
    default:
        return "newpt";
    }
}

void write_accepting(JsonWriter& json, AcceptingPatients accepting) {
    json.object([&] {
        json.array("extension", [&] {
            json.object([&] {
                json.field("url", "acceptingPatients");
                code_concept(json, "valueCodeableConcept", code_system("AcceptingPatientsCS"),
                             accepting_code(accepting));
            });
        });
        json.field("url", structure("newpatients"));
    });
}

std::string network_name(World const& world, std::string const& id) {
    for (auto const& plan : world.plans)
        if (plan.network_id == id)
            return plan.network_name;
    return {};
}

void write_npi(JsonWriter& json, std::string const& npi) {
    json.array("identifier", [&] {
        identifier(json, std::string(terminology) + "v2-0203", "NPI", "http://hl7.org/fhir/sid/us-npi", npi);
    });
}

void write_specialty(JsonWriter& json, ProviderKind kind) {
    auto const what = taxonomy(kind);
    concept_list(json, "specialty", "http://nucc.org/provider-taxonomy", what.code, what.display);
}

void write_places(JsonWriter& json, Provider const& provider, World const& world) {
    json.array("location", [&] {
        for (auto const index : provider.places)
            reference_element(json, "Location/" + world.places[index].id, world.places[index].name);
    });
}

std::string language_name(std::string_view code) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 9> names{
        {{"en", "English"},
         {"es", "Spanish"},
         {"pt", "Portuguese"},
         {"zh", "Chinese"},
         {"ht", "Haitian Creole"},
         {"vi", "Vietnamese"},
         {"ru", "Russian"},
         {"ar", "Arabic"},
         {"km", "Khmer"}}};
    for (auto const& [each, name] : names)
        if (each == code)
            return std::string(name);
    return std::string(code);
}

std::string degrees(double value) {
    std::array<char, 32> buffer{};
    static_cast<void>(std::snprintf(buffer.data(), buffer.size(), "%.4f", value));
    return buffer.data();
}

std::string organization(std::string const& id, std::string const& name, std::string_view profile,
                         std::string_view type, std::string_view type_name, Date updated, auto const& more) {
    JsonWriter json;
    json.object([&] {
        begin(json, "Organization", id, structure(profile), updated);
        json.flag("active", true);
        concept_list(json, "type", code_system("OrgTypeCS"), type, type_name);
        json.field("name", name);
        more(json);
    });
    return json.take();
}

} // namespace

std::string practitioner_json(Provider const& provider, World const& world, Date updated) {
    JsonWriter json;
    json.object([&] {
        begin(json, "Practitioner", provider.id, structure("plannet-Practitioner"), updated);
        write_npi(json, provider.npi);
        json.flag("active", true);
        json.array_of_one("name", [&] {
            json.field("use", "official");
            json.field("family", provider.person.family);
            json.array("given", [&] { json.element(provider.person.given); });
        });
        phone_and_more(json, world.places[provider.places.front()].phone);
        json.field("gender", provider.gender);
        json.array("communication", [&] {
            for (auto const& language : provider.languages)
                code_concept(json, "", "urn:ietf:bcp:47", language, language_name(language));
        });
    });
    return json.take();
}

std::string role_json(Provider const& provider, World const& world, Date updated) {
    auto const& home = world.places[provider.places.front()];
    JsonWriter json;
    json.object([&] {
        begin(json, "PractitionerRole", provider.role_id, structure("plannet-PractitionerRole"), updated);
        json.array("extension", [&] {
            write_accepting(json, provider.accepting);
            for (auto const& network : provider.network_ids)
                json.object([&] {
                    json.field("url", structure("network-reference"));
                    reference(json, "valueReference", "Organization/" + network,
                              network_name(world, network));
                });
        });
        json.flag("active", true);
        json.object("period", [&] { json.field("start", provider.in_networks_since.text()); });
        reference(json, "practitioner", "Practitioner/" + provider.id, provider.name);
        reference(json, "organization", "Organization/" + home.organization_id, home.organization_name);
        concept_list(json, "code", code_system("ProviderRoleCS"), "ph", "Physician");
        write_specialty(json, provider.kind);
        write_places(json, provider, world);
        phone_and_more(json, home.phone);
    });
    return json.take();
}

std::string facility_json(Provider const& provider, World const& world, Date updated) {
    auto const& place = world.places[provider.places.front()];
    return organization(provider.id, provider.name, "plannet-Organization", "fac", "Facility", updated,
                        [&](JsonWriter& json) {
                            write_npi(json, provider.npi);
                            phone_and_more(json, place.phone);
                            json.array("address", [&] { write_address(json, place.address); });
                        });
}

std::string affiliation_json(Provider const& provider, World const& world, Date updated) {
    JsonWriter json;
    json.object([&] {
        begin(json, "OrganizationAffiliation", provider.role_id, structure("plannet-OrganizationAffiliation"),
              updated);
        json.flag("active", true);
        json.object("period", [&] { json.field("start", provider.in_networks_since.text()); });
        reference(json, "participatingOrganization", "Organization/" + provider.id, provider.name);
        if (!provider.network_ids.empty())
            json.array("network", [&] {
                for (auto const& network : provider.network_ids)
                    reference_element(json, "Organization/" + network, network_name(world, network));
            });
        bool const pharmacy = provider.kind == ProviderKind::Pharmacy;
        concept_list(json, "code", code_system("OrganizationAffiliationRoleCS"),
                     pharmacy ? "pharmacy" : "member");
        write_specialty(json, provider.kind);
        write_places(json, provider, world);
        json.array("healthcareService", [&] {
            reference_element(json, "HealthcareService/service-" + provider.id, provider.name);
        });
        phone_and_more(json, world.places[provider.places.front()].phone);
    });
    return json.take();
}

std::string service_json(Provider const& provider, World const& world, Date updated) {
    JsonWriter json;
    json.object([&] {
        begin(json, "HealthcareService", "service-" + provider.id, structure("plannet-HealthcareService"),
              updated);
        json.array("extension", [&] { write_accepting(json, provider.accepting); });
        json.flag("active", true);
        reference(json, "providedBy", "Organization/" + provider.id, provider.name);
        bool const pharmacy = provider.kind == ProviderKind::Pharmacy;
        concept_list(json, "category", code_system("HealthcareServiceCategoryCS"),
                     pharmacy ? "pharm" : "outpat");
        write_specialty(json, provider.kind);
        write_places(json, provider, world);
        json.field("name", provider.name);
    });
    return json.take();
}

std::string location_json(Place const& place, Date updated) {
    JsonWriter json;
    json.object([&] {
        begin(json, "Location", place.id, structure("plannet-Location"), updated);
        if (place.step_free)
            json.array("extension", [&] {
                json.object([&] {
                    json.field("url", structure("accessibility"));
                    code_concept(json, "valueCodeableConcept", code_system("AccessibilityCS"), "handiaccess",
                                 "handicap accessible");
                });
            });
        json.field("status", "active");
        json.field("name", place.name);
        phone_and_more(json, place.phone);
        json.object("address", [&] {
            json.array("line", [&] { json.element(place.address.lines.front()); });
            json.field("city", place.address.city);
            json.field("state", place.address.state);
            json.field("postalCode", place.address.zip);
            json.field("country", "USA");
        });
        json.object("position", [&] {
            json.number("longitude", degrees(place.longitude));
            json.number("latitude", degrees(place.latitude));
        });
        reference(json, "managingOrganization", "Organization/" + place.organization_id,
                  place.organization_name);
    });
    return json.take();
}

std::string group_json(Place const& place, Date updated) {
    return organization(place.organization_id, place.organization_name, "plannet-Organization", "prvgrp",
                        "Provider Group", updated, [&](JsonWriter& json) {
                            phone_and_more(json, place.phone);
                            json.array("address", [&] { write_address(json, place.address); });
                        });
}

std::string network_json(SamplePlan const& plan, Date updated) {
    return organization(plan.network_id, plan.network_name, "plannet-Network", "ntwk", "Network", updated,
                        [&](JsonWriter& json) {
                            reference(json, "partOf", "Organization/" + std::string(known::payer_id),
                                      known::payer_name);
                        });
}

std::string payer_json(Date updated) {
    return organization(
        std::string(known::payer_id), std::string(known::payer_name), "plannet-Organization", "payer",
        "Payer", updated, [&](JsonWriter& json) {
            phone_and_more(json, known::service_phone, {}, known::web);
            json.array("address", [&] { write_address(json, {{"PO Box 100"}, "Testville", "CT", "06101"}); });
        });
}

std::string employer_json(std::string const& id, std::string const& name, Date updated) {
    return organization(id, name, "plannet-Organization", "bus", "Non-Healthcare Business", updated,
                        [](JsonWriter&) {});
}

} // namespace portico::central::sample
