#include "central/import/fhir/convert.h"
#include "central/import/fhir/fhir_read.h"

#include <charconv>

namespace portico::central::fhir {

namespace {

constexpr std::string_view adjudication_status_system = "C4BBPayerAdjudicationStatus";

/// By profile where there is one, else by claim type and subtype.
ClaimKind claim_kind(JsonNode resource) {
    struct Row {
        std::string_view profile;
        ClaimKind kind;
    };
    static constexpr Row rows[] = {
        {"ExplanationOfBenefit-Inpatient", ClaimKind::Inpatient},
        {"ExplanationOfBenefit-Outpatient", ClaimKind::Outpatient},
        {"ExplanationOfBenefit-Professional", ClaimKind::Professional},
        {"ExplanationOfBenefit-Pharmacy", ClaimKind::Pharmacy},
        {"ExplanationOfBenefit-Oral", ClaimKind::Oral},
    };
    for (auto const profile : resource["meta"]["profile"])
        for (auto const& row : rows)
            if (contains(profile.text(), row.profile))
                return row.kind;
    auto const type = resource["type"];
    if (has_code(type, "professional"))
        return ClaimKind::Professional;
    if (has_code(type, "pharmacy"))
        return ClaimKind::Pharmacy;
    if (has_code(type, "oral"))
        return ClaimKind::Oral;
    if (has_code(type, "vision"))
        return ClaimKind::Vision;
    if (!has_code(type, "institutional"))
        return ClaimKind::Unknown;
    if (has_code(resource["subType"], "inpatient"))
        return ClaimKind::Inpatient;
    if (has_code(resource["subType"], "outpatient"))
        return ClaimKind::Outpatient;
    return ClaimKind::Institutional;
}

EobStatus eob_status(std::string_view text) {
    if (text == "cancelled")
        return EobStatus::Cancelled;
    if (text == "draft")
        return EobStatus::Draft;
    if (text == "entered-in-error")
        return EobStatus::EnteredInError;
    return EobStatus::Active;
}

ClaimOutcome claim_outcome(std::string_view text) {
    if (text == "queued")
        return ClaimOutcome::Queued;
    if (text == "complete")
        return ClaimOutcome::Complete;
    if (text == "error")
        return ClaimOutcome::Error;
    if (text == "partial")
        return ClaimOutcome::Partial;
    return ClaimOutcome::Unknown;
}

/// The elements that STU3 had and R4 has not, or not in this shape.
Result<void> refuse_stu3(JsonNode resource) {
    if (resource["outcome"].is_object())
        return stu3("ExplanationOfBenefit.outcome");
    if (resource["insurance"].is_object())
        return stu3("ExplanationOfBenefit.insurance");
    if (resource["totalCost"].exists() || resource["totalBenefit"].exists())
        return stu3("ExplanationOfBenefit.totalCost");
    if (resource["information"].exists())
        return stu3("ExplanationOfBenefit.information");
    for (auto const item : resource["item"])
        if (item["service"].exists() || item["careTeamLinkId"].exists())
            return stu3("ExplanationOfBenefit.item.service");
    return ok();
}

/// A party by reference, by identifier only, by words only, or contained.
EobParty party(JsonNode owner, JsonNode reference) {
    EobParty out;
    auto const written = reference["reference"].text();
    out.name = text(reference["display"]);
    if (auto const held = contained(owner, written); held.exists()) {
        auto const name = held["name"].is_string() ? text(held["name"]) : person_text(held["name"]);
        if (!name.empty())
            out.name = name;
        out.npi = identifier(held["identifier"], "NPI", npi_system);
        return out;
    }
    out.reference = plain_reference(written);
    auto const number = reference["identifier"];
    bool const is_npi = number["system"].text() == npi_system || has_code(number["type"], "npi") ||
                        has_code(number["type"], "NPI");
    if (is_npi)
        out.npi = std::string(number["value"].scalar());
    return out;
}

NetworkStatus network_status(JsonNode reason) {
    if (has_code(reason, "innetwork", adjudication_status_system) || has_code(reason, "contracted", "C4BB"))
        return NetworkStatus::InNetwork;
    if (has_code(reason, "outofnetwork", adjudication_status_system) ||
        has_code(reason, "noncontracted", "C4BB"))
        return NetworkStatus::OutOfNetwork;
    if (has_code(reason, "other", adjudication_status_system))
        return NetworkStatus::Other;
    return NetworkStatus::Unknown;
}

struct Amounts {
    int count = 0;
    int not_whole_cents = 0;

    Result<std::optional<Decimal>> read(JsonNode money) {
        auto value = TRY(amount(money));
        if (value) {
            ++count;
            not_whole_cents += value->is_whole_cents() ? 0 : 1;
        }
        return value;
    }
};

Result<Adjudication> adjudication(JsonNode node, Amounts& amounts) {
    Adjudication out;
    auto const codes = codings(node["category"]);
    out.category = amount_category(codes);
    for (auto const& code : codes)
        if (amount_category(std::span(&code, 1)) == out.category) {
            out.source = code;
            break;
        }
    out.amount = TRY(amounts.read(node["amount"]));
    if (auto const currency = node["amount"]["currency"].text(); !currency.empty())
        out.currency = std::string(currency);
    out.reason = first_code(node["reason"]);
    return out;
}

Result<std::vector<Adjudication>> adjudications(JsonNode nodes, Amounts& amounts) {
    std::vector<Adjudication> all;
    for (auto const each : nodes)
        all.push_back(TRY(adjudication(each, amounts)));
    return all;
}

bool is_denied(JsonNode nodes) {
    for (auto const each : nodes) {
        if (has_code(each["reason"], "denied", adjudication_status_system))
            return true;
        // A review outcome: X12 278 A3, not certified.
        auto const review = extension(each, "extension-reviewAction");
        if (has_code(extension(review, "extension-reviewActionCode")["valueCodeableConcept"], "A3"))
            return true;
    }
    return false;
}

Result<EobLine> line(JsonNode item, Amounts& amounts) {
    EobLine out;
    auto const sequence = item["sequence"].number();
    std::from_chars(sequence.data(), sequence.data() + sequence.size(), out.sequence);
    out.service = first_code(item["productOrService"]);
    if (out.service.empty() || out.service.code == "not-applicable")
        if (auto revenue = first_code(item["revenue"]); !revenue.empty())
            out.service = std::move(revenue);
    for (auto const each : item["modifier"])
        out.modifiers.push_back(first_code(each));
    if (item["servicedPeriod"].exists()) {
        out.serviced = period(item["servicedPeriod"]);
    } else {
        out.serviced.start = date(item["servicedDate"]);
        out.serviced.end = out.serviced.start;
    }
    out.place_of_service = first_code(item["locationCodeableConcept"]);
    if (auto quantity = Decimal::parse(item["quantity"]["value"].number()); quantity.has_value())
        out.quantity = std::move(quantity).value();
    for (auto const each : item["adjudication"])
        if (auto const status = network_status(each["reason"]); status != NetworkStatus::Unknown)
            out.provider_network = status;
    out.denied = is_denied(item["adjudication"]);
    out.adjudications = TRY(adjudications(item["adjudication"], amounts));
    return out;
}

void read_networks(JsonNode resource, Eob& eob) {
    for (auto const each : resource["adjudication"]) {
        auto const status = network_status(each["reason"]);
        auto const category = each["category"];
        if (has_code(category, "billingnetworkstatus"))
            eob.billing_network = status;
        else if (has_code(category, "renderingnetworkstatus") ||
                 has_code(category, "performingnetworkstatus"))
            eob.rendering_network = status;
        else if (has_code(category, "benefitpaymentstatus") || has_code(category, "inoutnetwork"))
            eob.payment_network = status;
    }
    // CARIN Blue Button 1.x has them as supporting information.
    for (auto const each : resource["supportingInfo"]) {
        auto const category = each["category"];
        if (has_code(category, "billingnetworkcontractingstatus"))
            eob.billing_network = network_status(each["code"]);
        else if (has_code(category, "performingnetworkcontractingstatus"))
            eob.rendering_network = network_status(each["code"]);
    }
}

void read_parties(JsonNode resource, Eob& eob) {
    eob.provider = party(resource, resource["provider"]);
    eob.facility = party(resource, resource["facility"]);
    eob.insurer = party(resource, resource["insurer"]);
    if (eob.insurer.name.empty())
        eob.insurer.name = std::string(resource["insurer"]["identifier"]["value"].scalar());
    for (auto const each : resource["careTeam"])
        if (has_code(each["role"], "performing") || has_code(each["role"], "rendering")) {
            eob.performing = party(resource, each["provider"]);
            break;
        }
    for (auto const each : resource["insurance"]) {
        auto const coverage = each["coverage"];
        if (auto id = reference_id(coverage, "Coverage"); !id.empty())
            eob.coverages.emplace_back(std::move(id));
        auto const held = contained(resource, coverage["reference"].text());
        if (eob.insurer.name.empty() && held.exists())
            eob.insurer.name = text(held["payor"].first()["display"]);
    }
}

void read_supporting_info(JsonNode resource, Eob& eob) {
    for (auto const each : resource["supportingInfo"]) {
        auto const category = each["category"];
        if (has_code(category, "clmrecvddate"))
            eob.received = date(each["timingDate"]);
        else if (has_code(category, "servicefacility") && eob.facility == EobParty{})
            eob.facility = party(resource, each["valueReference"]);
    }
}

/// The other EOB or claim: by reference, or by the payer's number for it.
std::string related_id(JsonNode related) {
    auto const claim = related["claim"]["reference"].text();
    if (auto id = reference_id(claim, "ExplanationOfBenefit"); !id.empty())
        return id;
    if (auto id = reference_id(claim, "Claim"); !id.empty())
        return id;
    return std::string(related["reference"]["value"].scalar());
}

void read_related(JsonNode resource, Eob& eob) {
    for (auto const each : resource["related"]) {
        auto id = related_id(each);
        if (id.empty())
            continue;
        if (has_code(each["relationship"], "prior") || has_code(each["relationship"], "replaces"))
            eob.replaces = EobId(std::move(id));
        else if (has_code(each["relationship"], "replacedby"))
            eob.replaced_by = EobId(std::move(id));
    }
}

/// meta.security: confidentiality R or V, or one of the sensitivity codes.
bool is_sensitive(JsonNode resource) {
    for (auto const each : resource["meta"]["security"]) {
        auto const code = each["code"].text();
        if (contains(each["system"].text(), "Confidentiality") && (code == "R" || code == "V"))
            return true;
        for (std::string_view const sensitive :
             {"ETH", "ETHUD", "OPIOIDUD", "HIV", "PSY", "PSYTHPN", "MH", "BH", "SEX", "SICKLE", "STD", "SUD",
              "SDV", "SA", "DVD", "REPRO", "GDIS"})
            if (code == sensitive && contains(each["system"].text(), "ActCode"))
                return true;
    }
    return false;
}

std::string claim_number(JsonNode resource) {
    auto number = identifier(resource["identifier"], "uc");
    return number.empty() ? text(resource["id"]) : number;
}

} // namespace

Result<EobRecord> explanation_of_benefit(JsonNode resource) {
    TRY(refuse_stu3(resource));
    EobRecord record;
    auto& eob = record.eob;
    eob.id = EobId(text(resource["id"]));
    eob.patient = PatientId(reference_id(resource["patient"], "Patient"));
    if (eob.patient.empty())
        return error(ErrorKind::InvalidInput, "patient_missing", "the EOB does not say whose it is");
    eob.claim_number = claim_number(resource);
    record.claim_reference = reference_id(resource["claim"], "Claim");
    eob.kind = claim_kind(resource);
    eob.status = eob_status(resource["status"].text());
    eob.outcome = claim_outcome(resource["outcome"].text());
    eob.use_is_claim = !resource["use"].exists() || resource["use"].text() == "claim";
    eob.created = date(resource["created"]);
    eob.paid_on = date(resource["payment"]["date"]);
    eob.service = period(resource["billablePeriod"]);
    read_parties(resource, eob);
    read_supporting_info(resource, eob);
    eob.payee_type = first_code(resource["payee"]["type"]).code;
    read_networks(resource, eob);
    read_related(resource, eob);
    Amounts amounts;
    for (auto const item : resource["item"])
        eob.lines.push_back(TRY(line(item, amounts)));
    if (is_denied(resource["adjudication"]))
        for (auto& each : eob.lines)
            each.denied = true;
    if (eob.service.start.is_empty() && !eob.lines.empty())
        eob.service = eob.lines.front().serviced;
    eob.header_adjudications = TRY(adjudications(resource["adjudication"], amounts));
    eob.totals = TRY(adjudications(resource["total"], amounts));
    eob.payment_amount = TRY(amounts.read(resource["payment"]["amount"]));
    for (auto const note : resource["processNote"])
        if (!note["text"].text().empty())
            eob.notes.emplace_back(note["text"].text());
    eob.disposition = text(resource["disposition"]);
    for (auto const each : resource["diagnosis"])
        if (auto code = first_code(each["diagnosisCodeableConcept"]); !code.empty())
            eob.diagnoses.push_back(std::move(code));
    eob.sensitive = is_sensitive(resource);
    record.amount_count = amounts.count;
    record.amounts_not_whole_cents = amounts.not_whole_cents;
    return record;
}

} // namespace portico::central::fhir
