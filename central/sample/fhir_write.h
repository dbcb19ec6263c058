#pragma once

#include "central/sample/claims.h"
#include "central/sample/json_writer.h"

#include <string>

/// One FHIR R4 resource as one line of NDJSON, without the line end. Shapes: CARIN Blue Button 2.0, CARIN
/// Digital Insurance Card, Plan-Net 1.1, US Drug Formulary 2.0.
namespace portico::central::sample {

inline constexpr std::string_view plan_net = "http://hl7.org/fhir/us/davinci-pdex-plan-net/";
inline constexpr std::string_view carin = "http://hl7.org/fhir/us/carin-bb/";
inline constexpr std::string_view insurance_card = "http://hl7.org/fhir/us/insurance-card/";
inline constexpr std::string_view drug_formulary = "http://hl7.org/fhir/us/davinci-drug-formulary/";
inline constexpr std::string_view terminology = "http://terminology.hl7.org/CodeSystem/";

/// What every resource begins with. `updated` is the day its version is of.
void begin(JsonWriter& json, std::string_view type, std::string_view id, std::string const& profile,
           Date updated);
void coding(JsonWriter& json, std::string_view system, std::string_view code, std::string_view display = {});
/// {"coding": [...]} under `key`, or as an array's element when `key` is empty.
void code_concept(JsonWriter& json, std::string_view key, std::string_view system, std::string_view code,
                  std::string_view display = {});
void concept_list(JsonWriter& json, std::string_view key, std::string_view system, std::string_view code,
                  std::string_view display = {});
void reference(JsonWriter& json, std::string_view key, std::string const& to, std::string_view display = {});
void reference_element(JsonWriter& json, std::string const& to, std::string_view display = {});
void identifier(JsonWriter& json, std::string_view type_system, std::string_view type,
                std::string_view system, std::string_view value);
void phone_and_more(JsonWriter& json, std::string_view phone, std::string_view email = {},
                    std::string_view url = {});
void write_address(JsonWriter& json, PostalAddress const& address);
void money(JsonWriter& json, std::string_view key, std::string_view value);
std::string dollars(Money amount);
/// C4DIC Extended Copay Type: "IndInDed", "FamOutMax"...
std::string limit_code(PlanLimit const& limit);
inline constexpr std::string_view limit_code_system =
    "http://hl7.org/fhir/us/insurance-card/CodeSystem/C4DICExtendedCopayTypeCS";
/// "Medicare Advantage": the word a Coverage's and a plan's type carry beside their codes.
std::string_view line_of_business_text(LineOfBusiness line);

std::string patient_json(SampleMember const& person, Date updated);
/// `family` gives the other beneficiaries and the employer.
std::string coverage_json(SampleMember const& person, Family const& family, SamplePlan const& plan,
                          Date updated);
std::string eob_json(Eob const& eob, Date updated);

std::string practitioner_json(Provider const& provider, World const& world, Date updated);
std::string role_json(Provider const& provider, World const& world, Date updated);
std::string facility_json(Provider const& provider, World const& world, Date updated);
std::string affiliation_json(Provider const& provider, World const& world, Date updated);
std::string service_json(Provider const& provider, World const& world, Date updated);
std::string location_json(Place const& place, Date updated);
std::string group_json(Place const& place, Date updated);
std::string network_json(SamplePlan const& plan, Date updated);
std::string payer_json(Date updated);
std::string employer_json(std::string const& id, std::string const& name, Date updated);

std::string plan_json(SamplePlan const& plan, Date updated);
/// The plan's formulary (InsurancePlan), its items (Basic) and the drugs (MedicationKnowledge).
std::string formulary_json(SamplePlan const& plan, Date updated);
std::string formulary_item_json(SamplePlan const& plan, std::size_t drug, Date updated);
std::string drug_json(std::size_t drug, Date updated);
std::size_t formulary_drug_count();

} // namespace portico::central::sample
