#include "central/import/fhir/convert.h"
#include "central/import/fhir/fhir_read.h"

#include <algorithm>

namespace portico::central::fhir {

namespace {

/// Identifier types of member numbers: v2-0203 "MB"; C4BB "um" and "XV" stand on older exports. Social
/// security, driver's licence, passport and medical record numbers are never read.
bool is_member_number(JsonNode identifier) {
    if (has_code(identifier["type"], "MB") || has_code(identifier["type"], "um") ||
        has_code(identifier["type"], "XV"))
        return true;
    auto const system = identifier["system"].text();
    return !identifier["type"].exists() &&
           (system.find("memberid") != std::string_view::npos ||
            (system.size() > 4 && system.substr(system.size() - 4) == "/MIN"));
}

std::string preferred_language(JsonNode communications) {
    JsonNode best = communications.first();
    if (communications.is_array())
        for (auto const each : communications)
            if (each["preferred"].is_true()) {
                best = each;
                break;
            }
    return first_code(best["language"]).code;
}

/// meta.security: confidentiality "restricted" or "very restricted" (v3-Confidentiality R, V), or a person of
/// whom many are curious: a celebrity (v3-ActCode CEL, on older exports VIP) or somebody employed here (EMP).
/// Source: HL7 terminology, value set v3-InformationSensitivityPolicy.
bool is_restricted(JsonNode resource) {
    auto const has = [](std::string_view text, std::string_view part) {
        return text.find(part) != std::string_view::npos;
    };
    for (auto const each : resource["meta"]["security"]) {
        auto const system = each["system"].text();
        auto const code = each["code"].text();
        if (has(system, "Confidentiality") && (code == "R" || code == "V"))
            return true;
        if (has(system, "ActCode") && (code == "CEL" || code == "VIP" || code == "EMP"))
            return true;
    }
    return false;
}

} // namespace

Result<MemberRecord> patient(JsonNode resource) {
    MemberRecord record;
    auto& member = record.member;
    member.id = PatientId(text(resource["id"]));
    for (auto const each : resource["identifier"]) {
        if (!is_member_number(each) || each["value"].scalar().empty())
            continue;
        std::string number(each["value"].scalar());
        // The plan's own type goes first: it is what stands on the card.
        if (has_code(each["type"], "MB"))
            record.member_ids.insert(record.member_ids.begin(), std::move(number));
        else
            record.member_ids.push_back(std::move(number));
    }
    std::vector<std::string> unique;
    for (auto& number : record.member_ids)
        if (std::find(unique.begin(), unique.end(), number) == unique.end())
            unique.push_back(std::move(number));
    record.member_ids = std::move(unique);
    member.member_id = record.member_ids.empty() ? std::string() : record.member_ids.front();
    member.name = person_name(resource["name"]);
    member.birth_date = date(resource["birthDate"]);
    member.address = address(best_address(resource["address"]));
    member.phone = telecom(resource["telecom"], "phone");
    member.email = telecom(resource["telecom"], "email");
    // Left out where it is not: records of before are the same as they were.
    if (is_restricted(resource))
        record.restricted = true;
    member.language = preferred_language(resource["communication"]);
    return record;
}

} // namespace portico::central::fhir
