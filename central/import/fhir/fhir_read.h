#pragma once

#include "central/import/json_tree.h"
#include "central/plan/plan_records.h"
#include "shared/base/result.h"
#include "shared/domain/code.h"
#include "shared/domain/date.h"
#include "shared/domain/decimal.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// FHIR's data types, read leniently: what a desk does not need may be absent or odd, what it computes with
/// may not.
namespace portico::central::fhir {

inline constexpr std::string_view npi_system = "http://hl7.org/fhir/sid/us-npi";

bool contains(std::string_view text, std::string_view part);
std::string text(JsonNode node);
/// The day of a date, dateTime or instant; empty when absent or not a date.
Date date(JsonNode node);
Period period(JsonNode node);
/// UTC microseconds of an instant or dateTime with a time zone; 0 when it is none.
std::int64_t instant_us(std::string_view text);
RecordVersion version(JsonNode resource);

Code coding(JsonNode node);
/// All codings of a CodeableConcept; when there is none, its text alone as a display.
std::vector<Code> codings(JsonNode concept_node);
/// The first of them, with the concept's text where it has no display.
Code first_code(JsonNode concept_node);
/// True when a CodeableConcept (or one of an array of them) has the code; `system_part` is part of its
/// system.
bool has_code(JsonNode concept_node, std::string_view code, std::string_view system_part = {});

/// "Patient/7", "https://x/fhir/Patient/7/_history/2", "urn:uuid:7": the id alone, 7. Empty when the
/// reference is contained ("#c"), conditional ("Patient?..."), of another type than `type`, or absent.
std::string reference_id(JsonNode reference, std::string_view type);
std::string reference_id(std::string_view reference, std::string_view type);
/// "Type/id" of a reference to any type; the text as written when it is neither.
std::string plain_reference(std::string_view reference);

/// The resource of `owner`.contained that "#id" names; absent when there is none.
JsonNode contained(JsonNode owner, std::string_view reference);

/// The first extension whose url ends with `url_end`.
JsonNode extension(JsonNode owner, std::string_view url_end);

/// HumanName: the official or usual one of several.
PersonName person_name(JsonNode names);
std::string person_text(JsonNode names);
PostalAddress address(JsonNode node);
/// Home before others, the first otherwise.
JsonNode best_address(JsonNode addresses);
std::string one_line(PostalAddress const& address);
/// The value of the first telecom of the system, by rank, home before work.
std::string telecom(JsonNode telecoms, std::string_view system);
/// The value of the first identifier with this type code or of this system.
std::string identifier(JsonNode identifiers, std::string_view type_code, std::string_view system = {});

/// Money.value or Quantity.value. Nothing when there is none.
/// Errors: InvalidInput "amount_invalid" for a value that is not a number; "amount_out_of_range".
Result<std::optional<Decimal>> amount(JsonNode money);

/// InvalidInput "stu3_shape": says which element.
Error stu3(std::string_view element);

} // namespace portico::central::fhir
