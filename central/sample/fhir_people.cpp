#include "central/sample/fhir_write.h"
#include "central/sample/known_people.h"

namespace portico::central::sample {

namespace {

constexpr std::string_view member_system = "https://plan.example.org/fhir/memberidentifier";

std::string language_name(std::string_view code) {
    return code == "es" ? "Spanish" : code == "km" ? "Khmer" : code == "ar" ? "Arabic" : "English";
}

void write_cost(JsonWriter& json, std::string const& system, std::string_view code, Money amount) {
    json.object([&] {
        code_concept(json, "type", system, code);
        money(json, "valueMoney", dollars(amount));
    });
}

void write_costs(JsonWriter& json, InsurancePlan const& plan) {
    auto const extended = std::string(limit_code_system);
    auto const base = std::string(terminology) + "coverage-copay-type";
    json.array("costToBeneficiary", [&] {
        for (auto const& copay : plan.copays) {
            if (copay.service == "rx")
                write_cost(json, extended, "rx", copay.amount);
            else
                write_cost(json, base,
                           copay.service == "primary_care"  ? "gpvisit"
                           : copay.service == "specialist"  ? "spvisit"
                           : copay.service == "urgent_care" ? "urgentcare"
                                                            : "emergency",
                           copay.amount);
        }
        for (auto const& limit : plan.limits)
            write_cost(json, extended, limit_code(limit), limit.amount);
    });
}

void write_class(JsonWriter& json, std::string_view type, std::string_view value,
                 std::string_view name = {}) {
    json.object([&] {
        code_concept(json, "type", std::string(terminology) + "coverage-class", type);
        json.field("value", value);
        if (!name.empty())
            json.field("name", name);
    });
}

void write_classes(JsonWriter& json, Coverage const& coverage, Family const& family) {
    json.array("class", [&] {
        write_class(json, "group", coverage.group, family.employer_name);
        write_class(json, "plan", coverage.plan_id, coverage.plan_name);
        write_class(json, "rxbin", coverage.rx_bin);
        write_class(json, "rxpcn", coverage.rx_pcn);
        write_class(json, "rxgroup", coverage.rx_group);
        write_class(json, "rxid", coverage.rx_id);
    });
}

void write_card_extensions(JsonWriter& json, SampleMember const& person, Family const& family) {
    auto const url = std::string(insurance_card) + "StructureDefinition/C4DIC-";
    json.array("extension", [&] {
        for (auto const& each : family.members)
            json.object([&] {
                json.field("url", url + "PlanBeneficiaries-extension");
                json.array("extension", [&] {
                    json.object([&] {
                        json.field("url", "memberId");
                        json.field("valueId", each.member.member_id);
                    });
                    json.object([&] {
                        json.field("url", "name");
                        json.object("valueHumanName", [&] {
                            json.field("family", each.member.name.family);
                            json.array("given", [&] { json.element(each.member.name.given); });
                        });
                    });
                });
            });
        json.object([&] {
            json.field("url", url + "CardIssueDate-extension");
            json.field("valueDate", person.coverage.period.start.text());
        });
    });
}

} // namespace

std::string patient_json(SampleMember const& person, Date updated) {
    auto const& member = person.member;
    JsonWriter json;
    json.object([&] {
        begin(json, "Patient", member.id.text(), std::string(carin) + "StructureDefinition/C4BB-Patient",
              updated);
        json.array("identifier", [&] {
            identifier(json, std::string(terminology) + "v2-0203", "MB", member_system, member.member_id);
        });
        json.flag("active", true);
        json.array_of_one("name", [&] {
            json.field("use", "official");
            json.field("family", member.name.family);
            json.array("given", [&] {
                // One entry for each given name, as FHIR has it.
                std::string_view rest = member.name.given;
                while (!rest.empty()) {
                    auto const end = std::min(rest.find(' '), rest.size());
                    json.element(rest.substr(0, end));
                    rest.remove_prefix(std::min(end + 1, rest.size()));
                }
            });
        });
        phone_and_more(json, member.phone, member.email);
        json.field("gender", person.gender);
        json.field("birthDate", member.birth_date.text());
        json.array("address", [&] { write_address(json, member.address); });
        json.array_of_one("communication", [&] {
            code_concept(json, "language", "urn:ietf:bcp:47", member.language,
                         language_name(member.language));
            json.flag("preferred", true);
        });
    });
    return json.take();
}

std::string coverage_json(SampleMember const& person, Family const& family, SamplePlan const& plan,
                          Date updated) {
    auto const& coverage = person.coverage;
    auto const& subscriber = family.members.front();
    JsonWriter json;
    json.object([&] {
        begin(json, "Coverage", coverage.id.text(),
              std::string(insurance_card) + "StructureDefinition/C4DIC-Coverage", updated);
        write_card_extensions(json, person, family);
        json.array("identifier", [&] {
            identifier(json, std::string(terminology) + "v2-0203", "MB", member_system,
                       person.member.member_id);
        });
        json.field("status", "active");
        json.object("type", [&] {
            auto const line = coverage.line_of_business;
            bool const is_public =
                line == LineOfBusiness::MedicareAdvantage || line == LineOfBusiness::Medicaid;
            coding(json, std::string(terminology) + "v3-ActCode", is_public ? "PUBLICPOL" : "HIP",
                   is_public ? "public healthcare" : "health insurance plan policy");
            json.field("text", line_of_business_text(line));
        });
        if (!family.employer_id.empty())
            reference(json, "policyHolder", "Organization/" + family.employer_id, family.employer_name);
        reference(json, "subscriber", "Patient/" + subscriber.member.id.text(), coverage.subscriber_name);
        json.field("subscriberId", coverage.subscriber_id);
        reference(json, "beneficiary", "Patient/" + person.member.id.text(), person.member.name.full());
        json.field("dependent", coverage.dependant_number);
        code_concept(json, "relationship", std::string(terminology) + "subscriber-relationship",
                     coverage.relationship);
        json.object("period", [&] { json.field("start", coverage.period.start.text()); });
        json.array("payor", [&] {
            reference_element(json, "Organization/" + std::string(known::payer_id), coverage.payer_name);
        });
        write_classes(json, coverage, family);
        json.field("network", plan.network_name);
        write_costs(json, plan.plan);
    });
    return json.take();
}

} // namespace portico::central::sample
