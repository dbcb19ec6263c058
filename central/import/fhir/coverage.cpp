#include "central/import/fhir/convert.h"
#include "central/import/fhir/fhir_read.h"

#include <algorithm>

namespace portico::central::fhir {

namespace {

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

/// The value (or name) of the coverage class of this type.
JsonNode coverage_class(JsonNode resource, std::string_view code) {
    for (auto const each : resource["class"])
        if (has_code(each["type"], code))
            return each;
    return {};
}

std::string copay_service(std::string_view code) {
    struct Row {
        std::string_view code, service;
    };
    static constexpr Row rows[] = {
        {"gpvisit", "primary_care"},    {"primarycare", "primary_care"}, {"primary_care", "primary_care"},
        {"spvisit", "specialist"},      {"specialist", "specialist"},    {"urgentcare", "urgent_care"},
        {"urgent_care", "urgent_care"}, {"emergency", "emergency"},      {"rx", "rx"},
        {"inpthosp", "inpatient"},      {"televisit", "televisit"},      {"telehealth", "televisit"},
    };
    for (auto const& row : rows)
        if (row.code == code)
            return std::string(row.service);
    return {};
}

} // namespace

bool add_cost(std::string_view code, Money amount, std::vector<PlanCopay>& copays,
              std::vector<PlanLimit>& limits) {
    auto const word = lower(code);
    if (auto service = copay_service(word); !service.empty()) {
        copays.push_back({std::move(service), amount, true});
        return true;
    }
    // Pharmacy's own deductible and maximum are not the medical ones the accumulators count against.
    if (contains(word, "rx"))
        return false;
    bool const maximum = contains(word, "max") || contains(word, "oop") || contains(word, "pocket");
    bool const deductible = contains(word, "ded");
    if (maximum == deductible)
        return false;
    bool const family = contains(word, "fam");
    bool const out = contains(word, "famout") || contains(word, "indout") ||
                     contains(word, "out-of-network") || contains(word, "out_of_network") ||
                     contains(word, "outnet");
    limits.push_back({maximum ? AccumulatorKind::OutOfPocket : AccumulatorKind::Deductible,
                      family ? AccumulatorScope::Family : AccumulatorScope::Individual, !out, amount});
    return true;
}

LineOfBusiness line_of_business(JsonNode type) {
    std::string words;
    auto const add = [&words](JsonNode concept_node) {
        for (auto const& code : codings(concept_node))
            words += lower(code.code) + " " + lower(code.display) + " ";
        words += lower(concept_node["text"].text()) + " ";
    };
    if (type.is_array())
        for (auto const each : type)
            add(each);
    else
        add(type);
    if (contains(words, "medicaid") || contains(words, "subsidiz"))
        return LineOfBusiness::Medicaid;
    if (contains(words, "mediadv") || contains(words, "medicare advantage") ||
        contains(words, "medicare hmo") || contains(words, "medicare_advantage") || contains(words, "part c"))
        return LineOfBusiness::MedicareAdvantage;
    if (contains(words, "employer") || contains(words, "ehcpol") || contains(words, "employee"))
        return LineOfBusiness::Employer;
    if (contains(words, "family") || contains(words, "fampol"))
        return LineOfBusiness::Family;
    if (contains(words, "individual") || contains(words, "indiv"))
        return LineOfBusiness::Individual;
    return LineOfBusiness::Unknown;
}

Result<CoverageRecord> coverage(JsonNode resource) {
    if (resource["grouping"].exists())
        return stu3("Coverage.grouping");
    CoverageRecord record;
    auto& out = record.coverage;
    out.id = CoverageId(text(resource["id"]));
    out.beneficiary = PatientId(reference_id(resource["beneficiary"], "Patient"));
    if (out.beneficiary.empty())
        return error(ErrorKind::InvalidInput, "beneficiary_missing", "the coverage does not say whose it is");
    record.member_id = identifier(resource["identifier"], "MB");
    out.subscriber_id = std::string(resource["subscriberId"].scalar());
    out.subscriber_name = text(resource["subscriber"]["display"]);
    out.dependant_number = std::string(resource["dependent"].scalar());
    out.relationship = first_code(resource["relationship"]).code;
    auto const payor = resource["payor"].first();
    out.payer_name = text(payor["display"]);
    record.payer_reference = reference_id(payor, "Organization");
    if (auto const held = contained(resource, payor["reference"].text()); held.exists())
        out.payer_name = text(held["name"]);
    if (out.payer_name.empty() && payor["identifier"].exists())
        out.payer_name = std::string(payor["identifier"]["value"].scalar());
    auto const plan = coverage_class(resource, "plan");
    out.plan_id = std::string(plan["value"].scalar());
    out.plan_name = text(plan["name"]);
    if (auto linked = reference_id(extension(resource, "insurance-plan")["valueReference"], "InsurancePlan");
        !linked.empty())
        out.plan_id = linked;
    out.group = std::string(coverage_class(resource, "group")["value"].scalar());
    out.rx_bin = std::string(coverage_class(resource, "rxbin")["value"].scalar());
    out.rx_pcn = std::string(coverage_class(resource, "rxpcn")["value"].scalar());
    out.rx_group = std::string(coverage_class(resource, "rxgroup")["value"].scalar());
    out.rx_id = std::string(coverage_class(resource, "rxid")["value"].scalar());
    out.period = period(resource["period"]);
    out.active = resource["status"].text() == "active";
    out.line_of_business = line_of_business(resource["type"]);
    for (auto const each : resource["extension"]) {
        auto const url = each["url"].text();
        if (contains(url, "C4DIC-PlanBeneficiaries")) {
            auto name = person_text(extension(each, "name")["valueHumanName"]);
            if (!name.empty())
                record.beneficiaries.push_back(std::move(name));
        } else if (contains(url, "C4DIC-CardIssueDate")) {
            record.card_issued_on = date(each["valueDate"]);
        }
    }
    for (auto const each : resource["costToBeneficiary"]) {
        auto const value = TRY(amount(each["valueMoney"]));
        if (!value)
            continue;
        for (auto const& code : codings(each["type"]))
            if (add_cost(code.code, Money{TRY(value->to_cents())}, record.copays, record.limits))
                break;
    }
    return record;
}

} // namespace portico::central::fhir
