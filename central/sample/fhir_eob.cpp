#include "central/sample/fhir_write.h"

#include <array>

namespace portico::central::sample {

namespace {

std::string carin_code(std::string_view name) {
    return std::string(carin) + "CodeSystem/" + std::string(name);
}

char const* profile(ClaimKind kind) {
    switch (kind) {
    case ClaimKind::Inpatient:
        return "C4BB-ExplanationOfBenefit-Inpatient-Institutional";
    case ClaimKind::Outpatient:
        return "C4BB-ExplanationOfBenefit-Outpatient-Institutional";
    case ClaimKind::Pharmacy:
        return "C4BB-ExplanationOfBenefit-Pharmacy";
    case ClaimKind::Oral:
        return "C4BB-ExplanationOfBenefit-Oral";
    default:
        return "C4BB-ExplanationOfBenefit-Professional-NonClinician";
    }
}

bool is_institutional(ClaimKind kind) {
    return kind == ClaimKind::Inpatient || kind == ClaimKind::Outpatient;
}

char const* claim_type(ClaimKind kind) {
    return is_institutional(kind)        ? "institutional"
           : kind == ClaimKind::Pharmacy ? "pharmacy"
           : kind == ClaimKind::Oral     ? "oral"
                                         : "professional";
}

char const* network_code(NetworkStatus status) {
    return status == NetworkStatus::InNetwork      ? "innetwork"
           : status == NetworkStatus::OutOfNetwork ? "outofnetwork"
                                                   : "other";
}

/// A network status stands as an adjudication without an amount.
void write_status(JsonWriter& json, std::string_view discriminator, NetworkStatus status) {
    if (status == NetworkStatus::Unknown)
        return;
    json.object([&] {
        code_concept(json, "category", carin_code("C4BBAdjudicationDiscriminator"), discriminator);
        code_concept(json, "reason", carin_code("C4BBPayerAdjudicationStatus"), network_code(status));
    });
}

/// A denial says so in a second coding, since a reason alone may be an adjustment.
void write_reason(JsonWriter& json, Adjudication const& entry) {
    if (entry.source.code != "denialreason") {
        code_concept(json, "reason", entry.reason.system, entry.reason.code);
        return;
    }
    json.object("reason", [&] {
        json.array("coding", [&] {
            json.object([&] {
                json.field("system", entry.reason.system);
                json.field("code", entry.reason.code);
            });
            json.object([&] {
                json.field("system", carin_code("C4BBPayerAdjudicationStatus"));
                json.field("code", "denied");
            });
        });
    });
}

void write_entry(JsonWriter& json, Adjudication const& entry) {
    json.object([&] {
        code_concept(json, "category", entry.source.system, entry.source.code);
        if (!entry.reason.empty())
            write_reason(json, entry);
        if (entry.amount)
            money(json, "amount", entry.amount->text());
    });
}

void write_party(JsonWriter& json, std::string_view key, EobParty const& party) {
    json.object(key, [&] {
        json.field("reference", party.reference);
        if (!party.npi.empty())
            json.object("identifier", [&] {
                json.field("system", "http://hl7.org/fhir/sid/us-npi");
                json.field("value", party.npi);
            });
        json.field("display", party.name);
    });
}

void write_type(JsonWriter& json, Eob const& eob) {
    code_concept(json, "type", std::string(terminology) + "claim-type", claim_type(eob.kind));
    if (is_institutional(eob.kind))
        code_concept(json, "subType", carin_code("C4BBInstitutionalClaimSubType"),
                     eob.kind == ClaimKind::Inpatient ? "inpatient" : "outpatient");
}

void write_related(JsonWriter& json, Eob const& eob) {
    auto const related = [&](EobId const& id, std::string_view relationship) {
        json.object([&] {
            json.object("claim", [&] { json.field("display", "SHC" + id.text().substr(3)); });
            code_concept(json, "relationship", carin_code("C4BBRelatedClaimRelationshipCodes"), relationship);
            json.object("reference", [&] {
                json.field("system", "https://plan.example.org/fhir/eob");
                json.field("value", id.text());
            });
        });
    };
    if (!eob.replaces && !eob.replaced_by)
        return;
    json.array("related", [&] {
        if (eob.replaces)
            related(*eob.replaces, "prior");
        if (eob.replaced_by)
            related(*eob.replaced_by, "replacedby");
    });
}

void write_care_team(JsonWriter& json, Eob const& eob) {
    if (eob.performing.reference.empty())
        return;
    json.array_of_one("careTeam", [&] {
        json.number("sequence", "1");
        write_party(json, "provider", eob.performing);
        code_concept(json, "role", carin_code("C4BBClaimCareTeamRole"), "performing");
    });
}

void write_supporting(JsonWriter& json, Eob const& eob) {
    int sequence = 0;
    auto const info = [&](std::string_view code, auto const& value) {
        json.object([&] {
            json.number("sequence", std::to_string(++sequence));
            code_concept(json, "category", carin_code("C4BBSupportingInfoType"), code);
            value();
        });
    };
    json.array("supportingInfo", [&] {
        info("clmrecvddate", [&] { json.field("timingDate", eob.received.text()); });
        if (eob.kind == ClaimKind::Inpatient)
            info("admissionperiod", [&] {
                json.object("timingPeriod", [&] {
                    json.field("start", eob.service.start.text());
                    json.field("end", eob.service.end.text());
                });
            });
        if (eob.kind == ClaimKind::Pharmacy) {
            info("dayssupply", [&] { json.object("valueQuantity", [&] { json.number("value", "30"); }); });
            info("refillnum", [&] { json.object("valueQuantity", [&] { json.number("value", "0"); }); });
        }
        if (is_institutional(eob.kind))
            info("typeofbill", [&] {
                code_concept(json, "code", "https://www.nubc.org/CodeSystem/TypeOfBill",
                             eob.kind == ClaimKind::Inpatient ? "111" : "131");
            });
    });
}

void write_service(JsonWriter& json, EobLine const& line) {
    if (line.service.system == services::revenue) {
        code_concept(json, "revenue", line.service.system, line.service.code, line.service.display);
        code_concept(json, "productOrService", std::string(terminology) + "data-absent-reason",
                     "not-applicable", "Not Applicable");
    } else {
        code_concept(json, "productOrService", line.service.system, line.service.code, line.service.display);
    }
    if (!line.modifiers.empty())
        json.array("modifier", [&] {
            for (auto const& modifier : line.modifiers)
                code_concept(json, "", modifier.system, modifier.code, modifier.display);
        });
}

void write_line(JsonWriter& json, EobLine const& line) {
    json.object([&] {
        json.number("sequence", std::to_string(line.sequence));
        write_service(json, line);
        if (line.serviced.start == line.serviced.end)
            json.field("servicedDate", line.serviced.start.text());
        else
            json.object("servicedPeriod", [&] {
                json.field("start", line.serviced.start.text());
                json.field("end", line.serviced.end.text());
            });
        code_concept(json, "locationCodeableConcept", line.place_of_service.system,
                     line.place_of_service.code);
        if (line.quantity)
            json.object("quantity", [&] { json.number("value", line.quantity->text()); });
        json.array("adjudication", [&] {
            write_status(json, "benefitpaymentstatus", line.provider_network);
            for (auto const& entry : line.adjudications)
                write_entry(json, entry);
        });
    });
}

void write_payment(JsonWriter& json, Eob const& eob) {
    if (!eob.payment_amount)
        return;
    json.object("payment", [&] {
        bool const paid = !eob.paid_on.is_empty();
        code_concept(json, "type", carin_code("C4BBPayerClaimPaymentStatusCode"), paid ? "paid" : "denied");
        if (paid)
            json.field("date", eob.paid_on.text());
        money(json, "amount", eob.payment_amount->text());
    });
}

void write_diagnoses(JsonWriter& json, Eob const& eob) {
    if (eob.kind == ClaimKind::Pharmacy)
        return;
    json.array_of_one("diagnosis", [&] {
        json.number("sequence", "1");
        auto const& first = eob.diagnoses.front();
        code_concept(json, "diagnosisCodeableConcept", first.system, first.code, first.display);
        concept_list(json, "type", std::string(terminology) + "ex-diagnosistype", "principal");
    });
}

void write_parties(JsonWriter& json, Eob const& eob) {
    json.object("insurer", [&] {
        json.field("reference", eob.insurer.reference);
        json.field("display", eob.insurer.name);
    });
    write_party(json, "provider", eob.provider);
    write_related(json, eob);
    json.object("payee",
                [&] { code_concept(json, "type", std::string(terminology) + "payeetype", eob.payee_type); });
    if (!eob.facility.reference.empty())
        json.object("facility", [&] { json.field("display", eob.facility.name); });
}

} // namespace

std::string eob_json(Eob const& eob, Date updated) {
    JsonWriter json;
    json.object([&] {
        begin(json, "ExplanationOfBenefit", eob.id.text(),
              std::string(carin) + "StructureDefinition/" + profile(eob.kind), updated);
        json.array("identifier", [&] {
            identifier(json, carin_code("C4BBIdentifierType"), "uc", "https://plan.example.org/fhir/claim",
                       eob.claim_number);
        });
        json.field("status", eob.status == EobStatus::Cancelled ? "cancelled" : "active");
        write_type(json, eob);
        json.field("use", "claim");
        reference(json, "patient", "Patient/" + eob.patient.text());
        json.object("billablePeriod", [&] {
            json.field("start", eob.service.start.text());
            json.field("end", eob.service.end.text());
        });
        json.field("created", eob.created.text() + "T00:00:00Z");
        write_parties(json, eob);
        json.field("outcome", eob.outcome == ClaimOutcome::Queued ? "queued" : "complete");
        json.field("disposition", eob.disposition);
        write_care_team(json, eob);
        write_supporting(json, eob);
        write_diagnoses(json, eob);
        json.array_of_one("insurance", [&] {
            json.flag("focal", true);
            reference(json, "coverage", "Coverage/" + eob.coverages.front().text());
        });
        json.array("item", [&] {
            for (auto const& line : eob.lines)
                write_line(json, line);
        });
        json.array("adjudication", [&] {
            write_status(json, "billingnetworkstatus", eob.billing_network);
            write_status(json, "renderingnetworkstatus", eob.rendering_network);
            write_status(json, "benefitpaymentstatus", eob.payment_network);
        });
        json.array("total", [&] {
            for (auto const& entry : eob.totals)
                write_entry(json, entry);
        });
        write_payment(json, eob);
    });
    return json.take();
}

} // namespace portico::central::sample
